// Where the stock executor is wrong, or does not run: used when it is compared, never to excuse the gateway.

const aliasedKey = "the planner lets an alias take the key's place in what it fetches";
const conflict = "requirements with different arguments are fetched under one name";
const oneName = "fields under one name below different types are fetched as the first of them";
const unresolvable = "the plan joins by a key that the subgraph does not resolve";
const unchecked =
  "values of subgraphs are taken unchecked, and what they can't be read as ends the whole request";
const leftOut = "the plan asks for what a condition leaves in by what it leaves out";
const fragmentsFirst = "fragments of a mutation are run together, where the first of them stands";
const label = "labels of @override are never switched on";

/** By the name of a golden, or of a whole mesh that it can't load. */
export const stockFails: Readonly<Record<string, string>> = {
  "values from objects above": "the feature is refused",
  "directives for operations that are composed": "callers can't write them",
  "take __typename as the alias of another field": aliasedKey,
  "tells types apart although another field is called __typename": aliasedKey,
  "joins although an alias shadows the key": aliasedKey,
  "sends the required field although another goes by its name": aliasedKey,
  "returns to the first subgraph with a required field by its own resolvable key": unresolvable,
  "does so when only the computed field is selected": unresolvable,
  "answers what stands beside a computed field that a constant leaves out": leftOut,
  "run in that order out of fragments, too": fragmentsFirst,
  "run once where a condition repeats them": "a mutation is run once for each of its conditions",
  "takes several such variables, at several depths": leftOut,
  "go to the new subgraph at 100 percent": label,
  "are found from the new subgraph's own roots too": label,
  "intTooLarge (2147483648 for Int) is null there, with an error": unchecked,
  "listAsObject ({} for [Int]) is null there, with an error": unchecked,
  "listAsNumber (5 for [Int]) is null there, with an error": unchecked,
  'objectAsText ("thing" for Thing) is null there, with an error': unchecked,
  "objectAsNumber (5 for Thing) is null there, with an error": unchecked,
  'objectsInList ([{"sure":1},{"sure":null},7] for [Thing]) is null there, with an error': unchecked,
  'memberNameless ({"sure":1} for Union) is null there, with an error': unchecked,
  "is null with an error where the interface's owner does not know its type": "it is null without one",
  "sends what is computed from to the type, and the interface's name for the other":
    "an object is sent under its interface's name what its own type is computed from",
  "sends so although the caller asks the field with another argument": conflict,
  "computes two fields whose requirements conflict, each from its own": conflict,
  "computes them beside the field itself with a third argument": conflict,
  "have arguments of their own under one response name": oneName,
  "have fields of their own under one response name": oneName,
  "tell errors under the response name that was asked for": oneName,
};
