// What the four subgraphs answer, field by field, and how each finds the entity that a representation names.
import {
  type Catalogue,
  type Product,
  productsPerGroup,
  shippingEstimate,
  type User,
  usersPerGroup,
} from "./catalogue.ts";
import type { Arguments, Field, Fields, TypeOf } from "./compile-query.ts";
import { type SubgraphName, sdls } from "./sdls.ts";

type Representation = { readonly __typename: string } & Readonly<Record<string, unknown>>;

/** What the inventory knows of a product is what it was told of it. */
type Stocked = { readonly product: Product; readonly price: unknown; readonly weight: unknown };

export function subgraphFields(catalogue: Catalogue): Readonly<Record<SubgraphName, Fields>> {
  const { users, products, userById, productByUpc } = catalogue;
  const userOf = ({ id }: Representation) => userById.get(id as string);
  const productOf = ({ upc }: Representation) => productByUpc.get(upc as string);
  return {
    accounts: {
      Query: {
        ...federation("accounts", { User: userOf }),
        me: { type: "User", read: () => users[0] },
        user: { type: "User", read: (_: never, { id }) => userById.get(id as string) },
        users: { type: "User", read: (_: never, args) => usersOf(users, args) },
      },
      User: {
        id: plain("id"),
        name: plain("name"),
        username: plain("username"),
        birthday: plain("birthday"),
      },
    },
    inventory: {
      Query: federation("inventory", {
        Product: (representation) => {
          const product = productOf(representation);
          return product && { product, price: representation.price, weight: representation.weight };
        },
      }),
      Product: {
        upc: { read: ({ product }: Stocked) => product.upc },
        inStock: { read: ({ product }: Stocked) => product.inStock },
        shippingEstimate: {
          read: ({ price, weight }: Stocked) =>
            typeof price === "number" && typeof weight === "number" ? shippingEstimate(price, weight) : null,
        },
      },
    },
    products: {
      Query: {
        ...federation("products", { Product: productOf }),
        topProducts: { type: "Product", read: (_: never, args) => topProducts(products, args) },
      },
      Product: { upc: plain("upc"), name: plain("name"), price: plain("price"), weight: plain("weight") },
    },
    reviews: {
      Query: federation("reviews", { User: userOf, Product: productOf }),
      Review: {
        id: plain("id"),
        body: plain("body"),
        author: { type: "User", ...plain("author") },
        product: { type: "Product", ...plain("product") },
      },
      User: {
        id: plain("id"),
        username: plain("username"),
        reviews: { type: "Review", ...plain("reviews") },
      },
      Product: { upc: plain("upc"), reviews: { type: "Review", ...plain("reviews") } },
    },
  };
}

/** Of the entities, by what only one of them has. */
export const typeOf: TypeOf = (source) => ("id" in (source as User | Product) ? "User" : "Product");

function plain(name: string): Field {
  return { read: (source: Readonly<Record<string, unknown>>) => source[name] };
}

function federation(
  name: SubgraphName,
  entities: Readonly<Record<string, (representation: Representation) => unknown>>,
): Readonly<Record<string, Field>> {
  return {
    _service: { type: "_Service", read: () => name },
    _entities: {
      type: "@",
      read: (_: never, { representations }) =>
        (representations as readonly Representation[]).map((each) => entities[each.__typename]?.(each)),
    },
  };
}

/** `_service { sdl }` of a subgraph, whose source is its name. */
export const serviceFields: Fields = { _Service: { sdl: { read: (name: SubgraphName) => sdls[name] } } };

function usersOf(users: readonly User[], { group = 0, groups = 1 }: Arguments): readonly User[] {
  return users.slice(Number(group) * usersPerGroup, (Number(group) + Number(groups)) * usersPerGroup);
}

function topProducts(products: readonly Product[], { group = 0, first = 5 }: Arguments): readonly Product[] {
  return products.slice(Number(group) * productsPerGroup, Number(group) * productsPerGroup + Number(first));
}
