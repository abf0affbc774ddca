package io.algomat.testing;

import io.algomat.accounts.Caller;
import io.algomat.accounts.CreateKey;
import io.algomat.accounts.Identity;
import io.algomat.accounts.Scope;
import io.algomat.accounts.SessionMechanism;
import io.algomat.accounts.Sessions;
import io.algomat.accounts.SignUp;
import io.algomat.platform.Ids;
import io.algomat.platform.Sql;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.EnumSet;
import java.util.Set;

/** Accounts for tests, made by the product's own classes: signed up, signed in, with an API key of every scope. */
public final class Accounts {
    public static final String PASSWORD = "correct horse battery";

    private Accounts() {}

    /** @param key a fresh API key that may do everything, @param sessionCookie the token of a fresh session */
    public record User(String name, long ownerId, String key, String sessionCookie) {

        /** As the gateway would see it in a session. */
        public Caller caller() {
            return new Caller(ownerId, name, null, EnumSet.allOf(Scope.class), Set.of(), false, false);
        }

        /** A call of a page in this user's session. */
        public RequestSpecification page() {
            return RestAssured.given().redirects().follow(false).cookie(SessionMechanism.COOKIE, sessionCookie);
        }

        /** A form of a page in this user's session, with a token that the site gave. */
        public RequestSpecification form() {
            return Accounts.withCsrf(page());
        }

        /** A call of an API with this user's key. */
        public RequestSpecification api() {
            return RestAssured.given().header("Authorization", "Simple " + key);
        }
    }

    /** A new user whose name begins like this and is unique. */
    public static User user(String prefix) {
        String name = prefix + "_" + Ids.random("t").substring(2, 12);
        long id = bean(SignUp.class).signUp(name, PASSWORD, "test of " + name).ownerId();
        String key = bean(CreateKey.class)
                .create(id, "Test", EnumSet.allOf(Scope.class), null)
                .key();
        return new User(name, id, key, session(id));
    }

    /** A new administrator. */
    public static User administrator(String prefix) {
        User user = user(prefix);
        QuarkusTransaction.requiringNew()
                .run(() ->
                        bean(Sql.class).update("UPDATE owner SET administrator = true WHERE id = ?", user.ownerId()));
        return user;
    }

    /** A fresh session of an account. */
    public static String session(long ownerId) {
        return bean(Sessions.class).open(new Identity.Local(ownerId), "127.0.0.1", "test");
    }

    /** Adds what a form of the site carries to show that it is the site's own. */
    public static RequestSpecification withCsrf(RequestSpecification specification) {
        String token = RestAssured.given().get("/sign-in").cookie("csrf-token");
        return specification
                .contentType(ContentType.URLENC)
                .cookie("csrf-token", token)
                .formParam("csrf-token", token);
    }

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }
}
