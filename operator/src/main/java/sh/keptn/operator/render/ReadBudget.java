package sh.keptn.operator.render;

import sh.keptn.core.error.KeptnError;
import sh.keptn.core.error.KeptnException;

/** How much one rendering may still read, over all its files. Used by one thread. */
final class ReadBudget {
    private static final int MAX_NODES = 500_000;
    private static final int MAX_DOCUMENTS = 10_000;

    private int nodes;
    private int documents;

    /** Takes a document that begins. */
    void document() {
        if (++documents > MAX_DOCUMENTS) {
            throw new KeptnException(new KeptnError.TooLarge("the number of documents", MAX_DOCUMENTS));
        }
    }

    /** Takes values: maps, lists and scalars, each once for every alias that names it. */
    void nodes(int more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new KeptnException(new KeptnError.TooLarge("the number of values in all files", MAX_NODES));
        }
    }

    /** How many values were taken. */
    int nodes() {
        return nodes;
    }
}
