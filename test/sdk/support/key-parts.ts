// A part of a reference's key, in SQL over `specimens s`: null where any part is, since then the reference is.
const whole = (parts: readonly string[]) => (part: string) =>
  `(case when ${parts.map((each) => `s.${each} is not null`).join(" and ")} then s.${part} end)`;

export const shelfPart = whole(["shelf_room", "shelf_no"]);
export const makerPart = whole(["maker_country", "maker_serial"]);
