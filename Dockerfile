# Algomat with all that it runs algorithms in: a JDK 25, Python, Node, bubblewrap; and PostgreSQL 18's programs, for
# `algomat backup` of a database of its own. docker-compose.yml starts it beside a PostgreSQL and a Keycloak.
# The images can come from elsewhere: docker build --build-arg MAVEN_IMAGE=… --build-arg POSTGRES_IMAGE=… .
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
# Debian 13, with PostgreSQL 18: the same image as the database's, so that its layers are there already.
ARG POSTGRES_IMAGE=postgres:18-trixie

FROM ${MAVEN_IMAGE} AS maven

FROM ${POSTGRES_IMAGE} AS system
USER root
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      bubblewrap ca-certificates curl nodejs npm python3 python3-pip python3-venv \
 && rm -rf /var/lib/apt/lists/*
COPY --from=maven /opt/java/openjdk /opt/java/openjdk
COPY --from=maven /usr/share/maven /usr/share/maven
ENV JAVA_HOME=/opt/java/openjdk \
    PATH=/opt/java/openjdk/bin:/usr/share/maven/bin:/usr/lib/postgresql/18/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

FROM system AS build
WORKDIR /src
COPY . .
# The libraries, about 700 MB, are kept between builds where the engine can.
RUN --mount=type=cache,target=/m2 MAVEN_ARGS=-Dmaven.repo.local=/m2 ./algomat build

FROM system
RUN useradd --uid 10001 --create-home --home-dir /home/algomat --shell /usr/sbin/nologin algomat \
 && install -d -o algomat -g algomat /data
WORKDIR /opt/algomat
COPY --from=build /src/algomat ./
COPY --from=build /src/target/built target/built
COPY --from=build /src/target/quarkus-app target/quarkus-app
COPY --from=build /src/target/runner target/runner
COPY --from=build /src/target/samples target/samples
COPY LICENSE NOTICE ./
ENV ALGOMAT_DATA=/data ALGOMAT_HOST=0.0.0.0 ALGOMAT_BUILDS_MAVEN=/usr/share/maven
# By number, so that an engine can tell that it is not root.
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD curl -fsS -o /dev/null "http://127.0.0.1:${ALGOMAT_PORT:-8080}/q/health/ready"
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/algomat/algomat"]
CMD ["start"]
