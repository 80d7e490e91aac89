import { z } from 'zod';

/** Money as answers carry it. */
export const money = z.object({ fen: z.string().regex(/^-?\d+$/).transform(Number), currency: z.string() }).transform(({ fen }) => fen);

/** An instant as answers carry it. */
export const instant = z.iso.datetime().transform((text) => new Date(text));

/** The fields of money. */
export const moneyFields = '{ fen currency }';

/** The rows of a page. */
export const rowsOf = <Shape extends z.ZodType>(shape: Shape, answer: unknown): z.output<Shape>[] => page.parse(answer).edges.map(({ node }) => shape.parse(node));

const page = z.object({ edges: z.array(z.object({ node: z.unknown() })) });
