package io.algomat.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.algomat.platform.Problem;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as JSON, together with the line on which each value stands. Plain scalars mean what JSON would have them
 * mean ({@code no} and {@code 1:30} are text); aliases, tags and repeated keys are refused.
 *
 * @param lines from JSON pointer to line, counted from 1
 */
record LocatedYaml(String file, JsonNode root, Map<String, Integer> lines) {
    private static final int DEEPEST = 40;
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,30})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,60})?([eE][-+]?[0-9]{1,3})?");
    /** What plain values and collections are tagged with when their writer tags nothing. */
    private static final Set<Tag> TAGS =
            Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP);

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    /** @throws Problem invalid, naming the line where it stops being YAML */
    static LocatedYaml read(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(1 << 20);
        try {
            Node node = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (node == null) {
                throw Problem.invalid(file + ":1", "The file is empty");
            }
            Walk walk = new Walk(file);
            return new LocatedYaml(file, walk.read(node, ""), Map.copyOf(walk.lines));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw Problem.invalid(file + ":" + line, "This is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw Problem.invalid(
                    file, "This is not YAML: it is too large, too deep, or has characters that are not text");
        }
    }

    /** The place of a value, or of the nearest one around it that is there: {@code algomat.yaml:12}. */
    String where(String pointer) {
        for (String at = pointer; ; at = at.substring(0, at.lastIndexOf('/'))) {
            Integer line = lines.get(at);
            if (line != null) {
                return file + ":" + line;
            }
            if (at.isEmpty()) {
                return file;
            }
        }
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static final class Walk {
        private final String file;
        private final Map<String, Integer> lines = new HashMap<>();
        private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        Walk(String file) {
            this.file = file;
        }

        JsonNode read(Node node, String pointer) {
            lines.putIfAbsent(pointer, line(node));
            if (!seen.add(node)) {
                throw refused(node, "Anchors and aliases are not taken; write the value out");
            }
            if (!TAGS.contains(node.getTag())) {
                throw refused(node, "Tags and merge keys are not taken; write the value out");
            }
            return switch (node) {
                case MappingNode mapping -> object(mapping, pointer);
                case SequenceNode sequence -> array(sequence.getValue(), pointer);
                case ScalarNode scalar -> scalar(scalar);
                default -> throw refused(node, "This kind of YAML value is not taken");
            };
        }

        private ObjectNode object(MappingNode mapping, String pointer) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                if (!(entry.getKeyNode() instanceof ScalarNode key) || !TAGS.contains(key.getTag())) {
                    throw refused(entry.getKeyNode(), "A key must be plain text");
                }
                String child = pointer + "/" + escape(key.getValue());
                lines.put(child, line(key));
                if (object.has(key.getValue())) {
                    throw refused(key, "'" + key.getValue() + "' stands here twice");
                }
                object.set(key.getValue(), read(entry.getValueNode(), child));
            }
            return object;
        }

        private ArrayNode array(List<Node> nodes, String pointer) {
            ArrayNode array = JSON.arrayNode();
            for (Node node : nodes) {
                array.add(read(node, pointer + "/" + array.size()));
            }
            return array;
        }

        private JsonNode scalar(ScalarNode node) {
            String text = node.getValue();
            if (node.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN) {
                return JSON.textNode(text);
            }
            JsonNode constant = constant(text);
            if (constant != null) {
                return constant;
            }
            if (WHOLE.matcher(text).matches()) {
                return JSON.numberNode(new BigInteger(text));
            }
            return DECIMAL.matcher(text).matches() ? JSON.numberNode(new BigDecimal(text)) : JSON.textNode(text);
        }

        private static @Nullable JsonNode constant(String text) {
            return switch (text) {
                case "", "~", "null" -> JSON.nullNode();
                case "true" -> JSON.booleanNode(true);
                case "false" -> JSON.booleanNode(false);
                default -> null;
            };
        }

        private static int line(Node node) {
            return node.getStartMark().getLine() + 1;
        }

        private Problem refused(Node node, String why) {
            return Problem.invalid(file + ":" + line(node), why);
        }
    }
}
