package sh.keptn.operator.health;

import java.time.Clock;
import java.util.Collection;
import sh.keptn.crds.deployment.InventoryEntry;
import sh.keptn.operator.apply.Access;
import sh.keptn.operator.apply.DeployedObjects;
import sh.keptn.operator.apply.Target;

/** Looks at a service's objects and says how they are. */
@SuppressWarnings({"DoNotCallSuggester", "unused"}) // until it stands
public final class HealthAssessor {
    public HealthAssessor(Access access, DeployedObjects deployed, Clock clock) {}

    /** The health of all entries together: the worst of them, with the message of the first that is not well. */
    public Health assess(Target target, Collection<InventoryEntry> entries) {
        throw new UnsupportedOperationException();
    }
}
