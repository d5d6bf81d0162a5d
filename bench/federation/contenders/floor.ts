// The floor: the fewest requests, written out by hand for the two questions, and nothing a gateway needs besides.
import { Pool } from "undici";
import { type GraphqlBody, serveJson } from "./http-front.ts";
import { subgraphUrls } from "./subgraph-urls.ts";

type User = { readonly id: string; readonly username: string; readonly name: string };
type Reviewed = { readonly upc: string };
type Priced = Reviewed & { readonly name: string; readonly price: number; readonly weight: number };
type Stocked = { readonly inStock: boolean; readonly shippingEstimate: number };
type Product = Priced & Stocked;
type Review = { readonly id: string; readonly body: string };
type AuthorId = { readonly id: string };
/** Reviews of a user, down to the products: what the reviews subgraph is asked for. */
type OfUser = readonly (Review & { readonly product: Reviewed })[];
type OfAuthor = AuthorId & { readonly reviews: OfUser };
type OfProduct = readonly (Review & { readonly author: OfAuthor })[];
type OfRootUser = readonly (Review & { readonly product: Reviewed & { readonly reviews: OfProduct } })[];

const ofUser = "reviews { id body product { upc } }";
const ofProduct = `reviews { id body author { id ${ofUser} } }`;
const queries = {
  users: "query($group: Int!, $groups: Int!) { users(group: $group, groups: $groups) { id username name } }",
  topProducts:
    "query($group: Int!, $first: Int!) { topProducts(group: $group, first: $first) { upc name price weight } }",
  reviewsDeep: `query($users: [_Any!]!, $products: [_Any!]!) {
    users: _entities(representations: $users) { ... on User { reviews { id body product { upc ${ofProduct} } } } }
    products: _entities(representations: $products) { ... on Product { ${ofProduct} } } }`,
  reviews:
    "query($of: [_Any!]!) { _entities(representations: $of) { ... on Product { reviews { id body author { id } } } } }",
  stock:
    "query($of: [_Any!]!) { _entities(representations: $of) { ... on Product { inStock shippingEstimate } } }",
  products:
    "query($of: [_Any!]!) { _entities(representations: $of) { ... on Product { name price weight } } }",
  authors: "query($of: [_Any!]!) { _entities(representations: $of) { ... on User { id username name } } }",
};

const ask = openAsk(subgraphUrls());

serveJson(({ operationName, variables = {} }: GraphqlBody) =>
  operationName === "small" ? small(variables) : deep(variables),
);

async function small({ group }: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { topProducts } = await ask<{ topProducts: Priced[] }>("products", queries.topProducts, {
    group,
    first: 3,
  });
  const [stock, reviewed] = await Promise.all([
    stockOf(topProducts),
    ask<{ _entities: { reviews: (Review & { author: AuthorId })[] }[] }>("reviews", queries.reviews, {
      of: topProducts.map(({ upc }) => ({ __typename: "Product", upc })),
    }),
  ]);
  const lists = reviewed._entities.map(({ reviews }) => reviews);
  const authorById = await authorsOf(new Set(lists.flatMap((list) => list.map(({ author }) => author.id))));
  return {
    data: {
      topProducts: topProducts.map((product, i) => ({
        ...productOf(product, stock[i] as Stocked),
        reviews: (lists[i] ?? []).map(({ id, body, author }) => ({
          id,
          body,
          author: authorById.get(author.id),
        })),
      })),
    },
  };
}

async function deep({ group, groups = 1 }: Readonly<Record<string, unknown>>): Promise<unknown> {
  const [{ users }, { topProducts }] = await Promise.all([
    ask<{ users: User[] }>("accounts", queries.users, { group, groups }),
    ask<{ topProducts: Priced[] }>("products", queries.topProducts, { group, first: 5 }),
  ]);
  const [reviewed, topStock] = await Promise.all([
    ask<{ users: { reviews: OfRootUser }[]; products: { reviews: OfProduct }[] }>(
      "reviews",
      queries.reviewsDeep,
      {
        users: users.map(({ id }) => ({ __typename: "User", id })),
        products: topProducts.map(({ upc }) => ({ __typename: "Product", upc })),
      },
    ),
    stockOf(topProducts),
  ]);
  const products = new Map<string, Product>();
  topProducts.forEach((product, i) => {
    products.set(product.upc, productOf(product, topStock[i] as Stocked));
  });
  const [upcs, ids] = namedIn(reviewed, products);
  const [authorById] = await Promise.all([authorsOf(ids), addProducts(products, [...upcs])]);

  const ofUser = (list: OfUser) =>
    list.map(({ id, body, product }) => ({ id, body, product: products.get(product.upc) }));
  const ofProduct = (list: OfProduct) =>
    list.map(({ id, body, author }) => {
      const { username, name } = authorById.get(author.id) as User;
      return { id, body, author: { id: author.id, username, name, reviews: ofUser(author.reviews) } };
    });
  const withReviews = (product: Product, list: OfProduct) => {
    const { inStock, name, price, shippingEstimate, upc, weight } = product;
    return { inStock, name, price, shippingEstimate, upc, weight, reviews: ofProduct(list) };
  };
  return {
    data: {
      users: users.map(({ id, username, name }, i) => ({
        id,
        username,
        name,
        reviews: (reviewed.users[i]?.reviews ?? []).map(({ id, body, product }) => ({
          id,
          body,
          product: withReviews(products.get(product.upc) as Product, product.reviews),
        })),
      })),
      topProducts: topProducts.map(({ upc }, i) =>
        withReviews(products.get(upc) as Product, reviewed.products[i]?.reviews ?? []),
      ),
    },
  };
}

/** The products that are not known yet, and the authors, that are named anywhere. */
function namedIn(
  reviewed: {
    readonly users: readonly { readonly reviews: OfRootUser }[];
    readonly products: readonly { readonly reviews: OfProduct }[];
  },
  known: ReadonlyMap<string, Product>,
): readonly [upcs: Set<string>, ids: Set<string>] {
  const upcs = new Set<string>();
  const ids = new Set<string>();
  const product = ({ upc }: Reviewed) => {
    if (!known.has(upc)) upcs.add(upc);
  };
  const authors = (list: OfProduct) => {
    for (const { author } of list) {
      ids.add(author.id);
      for (const review of author.reviews) product(review.product);
    }
  };
  for (const { reviews } of reviewed.users)
    for (const review of reviews) {
      product(review.product);
      authors(review.product.reviews);
    }
  for (const { reviews } of reviewed.products) authors(reviews);
  return [upcs, ids];
}

async function addProducts(products: Map<string, Product>, upcs: readonly string[]): Promise<void> {
  const { _entities } = await ask<{ _entities: Omit<Priced, "upc">[] }>("products", queries.products, {
    of: upcs.map((upc) => ({ __typename: "Product", upc })),
  });
  const priced = _entities.map((entity, i) => ({ ...entity, upc: upcs[i] as string }));
  const stock = await stockOf(priced);
  priced.forEach((product, i) => {
    products.set(product.upc, productOf(product, stock[i] as Stocked));
  });
}

async function authorsOf(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, User>> {
  const { _entities } = await ask<{ _entities: User[] }>("accounts", queries.authors, {
    of: [...ids].map((id) => ({ __typename: "User", id })),
  });
  return new Map(_entities.map((user) => [user.id, user]));
}

async function stockOf(products: readonly Priced[]): Promise<readonly Stocked[]> {
  const { _entities } = await ask<{ _entities: Stocked[] }>("inventory", queries.stock, {
    of: products.map(({ upc, price, weight }) => ({ __typename: "Product", upc, price, weight })),
  });
  return _entities;
}

function productOf({ name, price, upc, weight }: Priced, { inStock, shippingEstimate }: Stocked): Product {
  return { inStock, name, price, shippingEstimate, upc, weight };
}

function openAsk(urls: Readonly<Record<string, string>>) {
  const pools = new Map(
    Object.entries(urls).map(([name, url]) => [name, new Pool(new URL(url).origin, { connections: 64 })]),
  );
  const headers = { "content-type": "application/json", accept: "application/json" };
  return async <Data>(name: string, query: string, variables: unknown): Promise<Data> => {
    const { body } = await (pools.get(name) as Pool).request({
      method: "POST",
      path: "/graphql",
      headers,
      body: JSON.stringify({ query, variables }),
    });
    return (JSON.parse(await body.text()) as { data: Data }).data;
  };
}
