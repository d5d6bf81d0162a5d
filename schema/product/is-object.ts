// Is a value from the wire a JSON object? Neither null nor a list is one.

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
