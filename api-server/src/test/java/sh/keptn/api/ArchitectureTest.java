package sh.keptn.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("sh.keptn.api");

    @Test
    void hasNoCyclesBetweenPackages() {
        slices().matching("sh.keptn.api.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void knowsNeitherTheOperatorNorTheLocalPieces() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sh.keptn.operator..", "sh.keptn.local..")
                .check(CLASSES);
    }

    @Test
    void reachesGitThroughItsPortAlone() {
        noClasses()
                .that()
                .doNotHaveSimpleName("ApiMain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jgit..", "sh.keptn.core.git.jgit..")
                .check(CLASSES);
    }

    @Test
    void keepsTheDatabaseBehindTheEventStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage("sh.keptn.api.event.mongo")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.mongodb..", "org.bson..")
                .check(CLASSES);
    }

    @Test
    void keepsTheWebServerBehindTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage("sh.keptn.api.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.helidon..")
                .check(CLASSES);
    }

    @Test
    void letsTheEdgeKnowNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("sh.keptn.api.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "sh.keptn.crds..", "sh.keptn.core.git..")
                .check(CLASSES);
    }

    @Test
    void hasNoDrawers() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..")
                .check(CLASSES);
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .check(CLASSES);
    }

    @Test
    void readsTheEnvironmentInOnePlace() {
        noClasses().should().callMethod(System.class, "getenv").check(CLASSES);
        noClasses().should().callMethod(System.class, "getenv", String.class).check(CLASSES);
    }
}
