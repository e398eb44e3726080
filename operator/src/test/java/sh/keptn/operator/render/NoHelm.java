package sh.keptn.operator.render;

import sh.keptn.operator.render.helm.Chart;
import sh.keptn.operator.render.helm.HelmEngine;

/** For folders without charts. */
final class NoHelm implements HelmEngine {
    @Override
    public String template(Chart chart) {
        throw new AssertionError("no chart is to be rendered here");
    }

    @Override
    public void close() {}
}
