// The SDLs of the four subgraphs: users, their reviews of products, what products are and whether they are there.

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@external", "@provides", "@requires", "@shareable"])`;

export const sdls = {
  accounts: `${federation}
type Query {
  me: User
  user(id: ID!): User
  "Users of as many groups, one group after the other."
  users(group: Int! = 0, groups: Int! = 1): [User!]
}
type User @key(fields: "id") {
  id: ID!
  name: String
  username: String @shareable
  birthday: String
}`,
  inventory: `${federation}
type Product @key(fields: "upc") {
  upc: String!
  weight: Int @external
  price: Int @external
  inStock: Boolean
  shippingEstimate: Int @requires(fields: "price weight")
}`,
  products: `${federation}
type Query {
  "The first products of a group."
  topProducts(group: Int! = 0, first: Int! = 5): [Product!]
}
type Product @key(fields: "upc") {
  upc: String!
  name: String
  price: Int
  weight: Int
}`,
  reviews: `${federation}
type Review @key(fields: "id") {
  id: ID!
  body: String
  author: User @provides(fields: "username")
  product: Product
}
type User @key(fields: "id") {
  id: ID!
  username: String @external
  reviews: [Review!]
}
type Product @key(fields: "upc") {
  upc: String!
  reviews: [Review!]
}`,
} as const;

export type SubgraphName = keyof typeof sdls;

export const subgraphNames = Object.keys(sdls) as readonly SubgraphName[];
