package sh.keptn.bench;

/**
 * How much is measured.
 *
 * @param rounds of both sides in turn
 * @param single writes of a single client in a round
 * @param shared writes of each of 16 clients in a round
 * @param crowd writes of each of 128 clients in a round
 * @param reads of each reader in a round
 * @param queries and posts of each client of the events in a round
 * @param projects made
 * @param files in the largest repository
 * @param commits in the longest history
 * @param events in the fuller store
 * @param starts of each process
 * @param rollouts of each side in a round
 * @param fleet projects with three stages
 * @param each services of each of them
 * @param idle projects that nobody works on
 */
record Scale(
        int rounds,
        int single,
        int shared,
        int crowd,
        int reads,
        int queries,
        int projects,
        int files,
        int commits,
        int events,
        int starts,
        int rollouts,
        int fleet,
        int each,
        int idle) {
    static final Scale FULL = new Scale(4, 15, 12, 6, 150, 15, 8, 20_000, 10_000, 10_000, 5, 15, 50, 20, 1_000);
    /** To see whether it runs; its figures mean little. */
    static final Scale QUICK = new Scale(2, 5, 4, 2, 30, 8, 3, 2_000, 1_000, 1_000, 2, 5, 5, 4, 50);
}
