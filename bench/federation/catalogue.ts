// The rows that the four subgraphs speak of: groups of users, products and reviews, each group alike in size.

/** Requests that name another group share no row, and their answers differ in a few bytes of size. */
export const groupsCount = 1_024;
export const usersPerGroup = 7;
export const productsPerGroup = 9;
export const reviewsPerUser = 4;

export type User = {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: string;
  readonly reviews: readonly Review[];
};

export type Product = {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
  readonly reviews: readonly Review[];
};

export type Review = {
  readonly id: string;
  readonly body: string;
  readonly author: User;
  readonly product: Product;
};

export type Catalogue = {
  readonly users: readonly User[];
  readonly products: readonly Product[];
  readonly userById: ReadonlyMap<string, User>;
  readonly productByUpc: ReadonlyMap<string, Product>;
};

const firstNames = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Tony", "Leslie"];
const lastNames = ["Lovelace", "Hopper", "Turing", "Dijkstra", "Liskov", "Knuth", "Hoare", "Lamport"];
const things = ["Table", "Couch", "Glass", "Chair", "TV Stand", "Lamp", "Shelf", "Desk", "Rug"];
const opinions = [
  "I love it, every single day.",
  "Too expensive for what it is.",
  "It could be better, and sooner.",
  "I prefer something else, I fear.",
  "All of it just as described.",
];

/** The same rows in every process. */
export function openCatalogue(): Catalogue {
  const users: User[] = [];
  const products: Product[] = [];
  for (let group = 0; group < groupsCount; group++) addGroup(group, users, products);
  return {
    users,
    products,
    userById: new Map(users.map((user) => [user.id, user])),
    productByUpc: new Map(products.map((product) => [product.upc, product])),
  };
}

/** In whole currency units and grams, as the inventory computes it from what the products say. */
export function shippingEstimate(price: number, weight: number): number {
  return price > 1_000 ? 0 : Math.round(weight / 2);
}

function addGroup(group: number, users: User[], products: Product[]): void {
  const reviewsOf = new Map<User | Product, Review[]>();
  const groupUsers = Array.from({ length: usersPerGroup }, (_, i) =>
    user(group * usersPerGroup + i, reviewsOf),
  );
  const groupProducts = Array.from({ length: productsPerGroup }, (_, i) =>
    product(group * productsPerGroup + i, reviewsOf),
  );
  groupUsers.forEach((author, i) => {
    for (let k = 0; k < reviewsPerUser; k++) {
      // 5 and 9 have no common factor: each product gets two or three reviews.
      const reviewed = groupProducts[((i * reviewsPerUser + k) * 5 + group) % productsPerGroup] as Product;
      const number = (group * usersPerGroup + i) * reviewsPerUser + k;
      const review = { id: `r${number}`, body: picked(opinions, number), author, product: reviewed };
      reviewsOf.get(author)?.push(review);
      reviewsOf.get(reviewed)?.push(review);
    }
  });
  users.push(...groupUsers);
  products.push(...groupProducts);
}

function user(number: number, reviewsOf: Map<User | Product, Review[]>): User {
  const [first, last] = [picked(firstNames, number), picked(lastNames, number >> 3)];
  const reviews: Review[] = [];
  const row = {
    id: `u${number}`,
    name: `${first} ${last}`,
    username: `${first.toLowerCase()}${number}`,
    birthday: `19${10 + (number % 90)}-12-10`,
    reviews,
  };
  reviewsOf.set(row, reviews);
  return row;
}

function product(number: number, reviewsOf: Map<User | Product, Review[]>): Product {
  const reviews: Review[] = [];
  const row = {
    upc: `p${number}`,
    name: `${picked(things, number)} no. ${number}`,
    price: 49 + ((number * 137) % 1_900),
    weight: 5 + ((number * 53) % 1_400),
    inStock: number % 3 !== 0,
    reviews,
  };
  reviewsOf.set(row, reviews);
  return row;
}

function picked<Value>(values: readonly Value[], number: number): Value {
  return values[number % values.length] as Value;
}
