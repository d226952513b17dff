import type { Json } from '../../../api/json.ts'

export type Option = { value: string; label: string }

/** The options plus the current value, marked as missing if it is none of them. */
export function withCurrentOption(options: readonly Option[], value: Json | undefined): Option[] {
  const isKnown = options.some((option) => option.value === value)
  return typeof value !== 'string' || value === '' || isKnown
    ? [...options]
    : [...options, { value, label: `${value} (missing)` }]
}
