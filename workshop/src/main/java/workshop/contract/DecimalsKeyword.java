package workshop.contract;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import tools.jackson.databind.JsonNode;

/** The contract's own {@code x-decimals}: how many decimals a number's text has, which multipleOf cannot say. */
final class DecimalsKeyword extends AbstractKeyword {
    DecimalsKeyword() {
        super("x-decimals");
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode decimals, Schema parent, SchemaContext context) {
        return new BaseKeywordValidator(this, decimals, location, parent, context) {
            @Override
            public void validate(
                    ExecutionContext execution, JsonNode number, JsonNode root, NodePath instanceLocation) {
                if (number.isNumber() && number.decimalValue().scale() != decimals.intValue()) {
                    execution.addError(error().instanceNode(number)
                            .instanceLocation(instanceLocation)
                            .evaluationPath(execution.getEvaluationPath())
                            .message("must be written with " + decimals + " decimals, is " + number)
                            .build());
                }
            }
        };
    }
}
