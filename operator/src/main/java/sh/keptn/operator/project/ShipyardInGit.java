package sh.keptn.operator.project;

import sh.keptn.core.model.Shipyard;

/** What stands at shipyard.yaml on the default branch. */
sealed interface ShipyardInGit {
    /** Nothing; {@code wasThere} if the history shows that this project once wrote it. */
    record Absent(boolean wasThere) implements ShipyardInGit {}

    record Valid(Shipyard shipyard) implements ShipyardInGit {}

    /** Something that breaks a rule. */
    record Invalid(String why) implements ShipyardInGit {}
}
