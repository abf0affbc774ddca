package io.algomat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom (docs/architecture.md). */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.algomat");

    @Test
    void featuresKnowOnlyTheFeaturesThatTheyMay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.algomat..")
                .withOptionalLayers(true)
                .layer("web")
                .definedBy("io.algomat.web..")
                .layer("fronts")
                .definedBy("io.algomat.fronts..")
                .layer("calls")
                .definedBy("io.algomat.calls..")
                .layer("catalog")
                .definedBy("io.algomat.catalog..")
                .layer("billing")
                .definedBy("io.algomat.billing..")
                .layer("accounts")
                .definedBy("io.algomat.accounts..")
                .layer("data")
                .definedBy("io.algomat.data..")
                .layer("workers")
                .definedBy("io.algomat.workers..")
                .layer("platform")
                .definedBy("io.algomat.platform..")
                .layer("protocol")
                .definedBy("io.algomat.runner.protocol..")
                .layer("runner")
                .definedBy("io.algomat.runner", "io.algomat.runner.code")
                .whereLayer("web")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("fronts")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("calls")
                .mayOnlyBeAccessedByLayers("web", "fronts")
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("web", "fronts", "calls")
                .whereLayer("billing")
                .mayOnlyBeAccessedByLayers("web", "fronts", "calls")
                .whereLayer("accounts")
                .mayOnlyBeAccessedByLayers("web", "fronts", "calls", "catalog", "billing")
                .whereLayer("workers")
                .mayOnlyBeAccessedByLayers("web", "fronts", "calls", "catalog")
                .whereLayer("protocol")
                .mayOnlyBeAccessedByLayers("workers", "runner")
                .whereLayer("runner")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void thePlatformKnowsNoFeature() {
        noClasses()
                .that()
                .resideInAPackage("io.algomat.platform..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.algomat.web..",
                        "io.algomat.fronts..",
                        "io.algomat.calls..",
                        "io.algomat.catalog..",
                        "io.algomat.billing..",
                        "io.algomat.accounts..",
                        "io.algomat.workers..",
                        "io.algomat.runner..")
                .check(CLASSES);
    }

    @Test
    void theRunnerSeesTheJdkAndDjlAlone() {
        classes()
                .that()
                .resideInAPackage("io.algomat.runner..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.algomat.runner..",
                        "ai.djl..",
                        "com.google.gson..",
                        "java..",
                        "javax.imageio..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void djlIsOnlyInTheRunner() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.algomat.runner..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl..", "ai.onnxruntime..")
                .check(CLASSES);
    }

    @Test
    void httpAndTemplatesStayAtTheEdge() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .haveSimpleNameNotEndingWith("Page")
                .and()
                .haveSimpleNameNotEndingWith("Mechanism")
                .and()
                .resideOutsideOfPackages("io.algomat.web..", "io.algomat.fronts..")
                .and()
                .areTopLevelClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "io.quarkus.qute..", "io.vertx..")
                .check(CLASSES);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.algomat.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Service")
                .orShould()
                .haveSimpleNameStartingWith("Common")
                .check(CLASSES);
    }
}
