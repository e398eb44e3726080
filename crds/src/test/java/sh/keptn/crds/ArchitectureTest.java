package sh.keptn.crds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The kinds know nobody of ours: other people's programs read them too. */
class ArchitectureTest {
    private static final JavaClasses KINDS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sh.keptn.crds");

    @Test
    void knowNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sh.keptn.core..", "sh.keptn.operator..", "sh.keptn.api..")
                .check(KINDS);
    }

    @Test
    void dependOnKubernetesTypesAndJacksonsAnnotationsAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "sh.keptn.crds..",
                        "io.fabric8..",
                        "com.fasterxml.jackson.annotation..",
                        "org.jspecify.annotations..")
                .check(KINDS);
    }
}
