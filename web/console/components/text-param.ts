import * as z from 'zod/mini'

/** A text search parameter. The router parses numbers and booleans in URLs, so they are turned back into text. */
export const textParam = z.catch(
  z.optional(z.pipe(z.union([z.string(), z.number(), z.boolean()]), z.transform(String))),
  undefined,
)
