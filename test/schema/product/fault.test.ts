// Faults: a stable code, a status, an audience, and a text from typed facts.
import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { Fault, faultTable } from "../../../schema/product/fault.ts";

const baking = faultTable({
  OVEN_COLD: {
    status: 503,
    audience: "operator",
    text: ({ celsius }: { celsius: number }) => `The oven has ${celsius} degrees.`,
    remedy: "Heat it.",
  },
  NO_FLOUR: { status: 400, audience: "caller", text: () => "There is no flour.", remedy: "Bring some." },
});

describe("a fault", () => {
  it("has its code, status and audience, and says what is wrong and what to do", () => {
    const fault = baking.OVEN_COLD({ celsius: 20 });
    expect(fault).toBeInstanceOf(Fault);
    expect(fault).toBeInstanceOf(Error);
    expect(fault).toMatchObject({
      name: "Fault",
      code: "OVEN_COLD",
      status: 503,
      audience: "operator",
      message: "The oven has 20 degrees. Heat it.",
    });
  });

  it("carries its facts and its code as the extensions of a GraphQL error", () => {
    const fault = baking.OVEN_COLD({ celsius: 20 });
    expect(fault.extensions).toEqual({ celsius: 20, code: "OVEN_COLD" });
    expect(new GraphQLError(fault.message, { originalError: fault }).extensions).toEqual(fault.extensions);
  });

  it("keeps its code whatever the facts are called", () => {
    const table = faultTable({
      MIXED_UP: {
        status: 500,
        audience: "caller",
        text: ({ code }: { code: string }) => `It says ${code}.`,
        remedy: "Sort it out.",
      },
    });
    expect(table.MIXED_UP({ code: "OTHER" }).extensions).toEqual({ code: "MIXED_UP" });
  });

  it("keeps its cause, and has none when it is given none", () => {
    const cause = new Error("no gas");
    expect(baking.OVEN_COLD({ celsius: 20 }, cause).cause).toBe(cause);
    expect("cause" in baking.OVEN_COLD({ celsius: 20 })).toBe(false);
  });

  it("needs no facts where its text needs none", () => {
    expect(baking.NO_FLOUR({}).message).toBe("There is no flour. Bring some.");
  });
});
