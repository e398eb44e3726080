package sh.keptn.operator.apply;

import sh.keptn.crds.deployment.InventoryEntry;

/** One object and what applying did to it. Every one of them belongs into the inventory. */
public record Change(InventoryEntry entry, Action action) {}
