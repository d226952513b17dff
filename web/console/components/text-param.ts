import * as z from 'zod/mini'

/**
 * A text in the query of an address. What looks like a number or a boolean was read as one on its way here; what is
 * anything else is as good as nothing.
 */
export const textParam = z.catch(
  z.optional(z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String))),
  undefined,
)
