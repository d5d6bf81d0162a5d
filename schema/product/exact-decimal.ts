// An exact decimal, however its text is spelt: `1.0`, `01`, `+1` and `10e-1` are one number.

/** ±0.digits × 10^magnitude; no zeros at either end of the digits. Zero has none, magnitude 0, and is not negative. */
export type ExactDecimal = {
  readonly negative: boolean;
  readonly digits: string;
  readonly magnitude: number;
};

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;
/** Most zeros that are written out: a short text with a large exponent must not become a long one. */
const zerosMax = 100;

/** Undefined for what is no decimal. */
export function readDecimal(text: string): ExactDecimal | undefined {
  const parts = decimalText.exec(text);
  if (!parts) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = parts;
  const written = whole + fraction;
  if (written === "") return undefined;
  const start = written.search(/[1-9]/);
  if (start < 0) return { negative: false, digits: "", magnitude: 0 };
  let end = written.length;
  while (written[end - 1] === "0") end--;
  const magnitude = whole.length - start + Number(exponent);
  return { negative: sign === "-", digits: written.slice(start, end), magnitude };
}

/** As canonical decimals are written, without an exponent unless it stands for more than 100 zeros. */
export function writeDecimal({ negative, digits, magnitude }: ExactDecimal): string {
  if (digits === "") return "0";
  return `${negative ? "-" : ""}${writeDigits(digits, magnitude)}`;
}

function writeDigits(digits: string, magnitude: number): string {
  if (magnitude > digits.length + zerosMax || magnitude < -zerosMax) return `0.${digits}e${magnitude}`;
  if (magnitude <= 0) return `0.${"0".repeat(-magnitude)}${digits}`;
  const whole = digits.slice(0, magnitude).padEnd(magnitude, "0");
  return magnitude < digits.length ? `${whole}.${digits.slice(magnitude)}` : whole;
}

/** Below zero where `a` is less. */
export function compareDecimals(a: ExactDecimal, b: ExactDecimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  if (a.magnitude !== b.magnitude) return sign * (a.magnitude - b.magnitude);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -sign : sign;
}

function signOf({ negative, digits }: ExactDecimal): number {
  if (digits === "") return 0;
  return negative ? -1 : 1;
}
