package workshop.contract;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The schemas of an OpenAPI document, found by where they are in it. */
final class Schemas {
    private final JsonNode document;
    private final Schema root;
    private final Map<String, Schema> found = new ConcurrentHashMap<>();

    Schemas(JsonNode document) {
        this.document = document;
        // A misspelt keyword must not pass for an extension.
        var dialect = Dialect.builder(Dialects.getOpenApi31())
                .keywords(Stream.of("openapi", "info", "servers", "paths", "components")
                        .map(NonValidationKeyword::new)
                        .toList())
                .keyword(new DecimalsKeyword())
                .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
                .build();
        var config = SchemaRegistryConfig.builder()
                .formatAssertionsEnabled(true)
                .locale(Locale.ENGLISH)
                .build();
        this.root = SchemaRegistry.withDialect(dialect, registry -> registry.schemaRegistryConfig(config))
                .getSchema(SchemaLocation.of("urn:marketsvc:openapi"), document);
    }

    /** @return what the schema at this place of the document says against {@code value}, empty when it is right */
    List<Error> errors(String schema, JsonNode value) {
        return found.computeIfAbsent(schema, this::schema).validate(value);
    }

    private Schema schema(String pointer) {
        var place = new NodePath(PathType.JSON_POINTER);
        for (var rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
            var isIndex = document.at(place.toString()).isArray();
            place = isIndex ? place.append(rest.getMatchingIndex()) : place.append(rest.getMatchingProperty());
        }
        return root.getRefSchema(place);
    }
}
