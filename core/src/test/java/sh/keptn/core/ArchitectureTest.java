package sh.keptn.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The edges of core: four rooms, and JGit behind its adapter. */
class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sh.keptn.core");

    @Test
    void holdsFourRoomsAndNoOther() {
        classes()
                .should()
                .resideInAnyPackage(
                        "sh.keptn.core.model",
                        "sh.keptn.core.error",
                        "sh.keptn.core.config",
                        "sh.keptn.core.git",
                        "sh.keptn.core.git.jgit..")
                .check(CORE);
    }

    @Test
    void keepsJGitAndSshBehindTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("sh.keptn.core.git.jgit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jgit..", "org.apache.sshd..")
                .check(CORE);
    }

    @Test
    void knowsNeitherKubernetesNorHttpServersNorTheOtherModules() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..",
                        "io.helidon..",
                        "com.mongodb..",
                        "sh.keptn.crds..",
                        "sh.keptn.operator..",
                        "sh.keptn.api..",
                        "sh.keptn.local..")
                .check(CORE);
    }

    @Test
    void hasNoCyclesBetweenItsRooms() {
        slices().matching("sh.keptn.core.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void readsTheEnvironmentInOnePlace() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("sh.keptn.core.config.Env")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CORE);
    }
}
