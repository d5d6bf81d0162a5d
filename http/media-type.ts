// Which media type a GraphQL answer has, by the request's `Accept` (GraphQL over HTTP, "Accept").
export const jsonType = "application/json";
export const graphqlType = "application/graphql-response+json";

/** The type to answer with; undefined when `accept` admits neither. An absent header admits all. */
export function negotiate(accept: string | undefined): string | undefined {
  if (accept === jsonType) return jsonType; // most clients say no more
  const ranges = (accept || "*/*").split(",").map((part) => {
    const [type = "", ...parameters] = part
      .trim()
      .toLowerCase()
      .split(";")
      .map((text) => text.trim());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { type, quality: quality ? Number(quality.slice(2)) || 0 : 1 };
  });
  const [best] = [jsonType, graphqlType]
    .map((type) => {
      const names = [type, "application/*", "*/*"];
      const given = ranges.map((range) => range.type);
      const breadth = names.findIndex((name) => given.includes(name));
      const position = breadth < 0 ? -1 : given.indexOf(names[breadth] as string);
      return { type, breadth, position, quality: ranges[position]?.quality ?? 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.breadth - b.breadth || a.position - b.position);
  return best?.type;
}
