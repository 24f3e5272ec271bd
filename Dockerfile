# marketsvc of any step: docker build --build-arg STEP=step-1-jdbc --build-arg STAGE=exercise .
FROM maven:3.9-eclipse-temurin-25 AS build
ARG STEP=step-1-jdbc
ARG STAGE=solved
WORKDIR /build
COPY . .
# -am takes the workshop module along: no part of the service, but Maven resolves test scope before it tells the class path.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -q process-classes -pl "$STEP/$STAGE" -am \
    && mkdir /app /app/lib \
    && tr ':' '\n' <"$STEP/$STAGE/target/classpath" | xargs -I{} cp {} /app/lib/ \
    && cp -r "$STEP/$STAGE/target/classes" /app/classes \
    && { grep -o -m1 -e --enable-preview "$STEP/pom.xml" || true; } >/app/options

FROM eclipse-temurin:25-jre
COPY --from=build /app /app
USER 10001
# A container is reached through its network.
ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 9090
ENTRYPOINT ["java", "@/app/options", "--enable-native-access=ALL-UNNAMED", "-cp", "/app/classes:/app/lib/*", "marketsvc.Server"]
