import { z } from 'zod'
import { isJsonObject } from '../base/json.ts'

/** Accepts a plain value or the vendor's form, `{ "inherited": false, "value": … }`. */
export function setting<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => {
    const plain = isJsonObject(value) && 'inherited' in value ? value.value : value
    return plain === null ? undefined : plain
  }, schema)
}
