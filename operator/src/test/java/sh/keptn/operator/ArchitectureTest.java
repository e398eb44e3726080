package sh.keptn.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("sh.keptn.operator");

    @Test
    void knowsOnlyCoreAndTheKinds() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sh.keptn.api..", "sh.keptn.local..")
                .check(OPERATOR);
    }

    @Test
    void neverSeesJGit() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jgit..")
                .check(OPERATOR);
        noClasses()
                .that()
                .doNotHaveSimpleName("OperatorMain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sh.keptn.core.git.jgit..")
                .check(OPERATOR);
    }

    @Test
    void hasNoCyclesBetweenItsRooms() {
        slices().matching("sh.keptn.operator.(*)..").should().beFreeOfCycles().check(OPERATOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"project", "service", "deployment"})
    void keepsTheKindsApart(String kind) {
        String[] others = Stream.of("project", "service", "deployment")
                .filter(other -> !other.equals(kind))
                .map(other -> "sh.keptn.operator." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("sh.keptn.operator." + kind + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(OPERATOR);
    }

    @Test
    void plansWithoutAskingAnybody() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Planner")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("GitStore")
                .check(OPERATOR);
    }

    @Test
    void hasNoDrawers() {
        classes()
                .should()
                .resideOutsideOfPackages("..util..", "..common..", "..helper..", "..impl..")
                .andShould()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl)")
                .andShould()
                .haveNameNotMatching(".*\\.Abstract[A-Z].*")
                .check(OPERATOR);
    }
}
