import type { Json } from '../../../api/json.ts'

export type Option = { value: string; label: string }

/**
 * The options plus the current value, marked as missing if it is none of them.
 * @param options undefined while they load.
 */
export function withCurrentOption(options: readonly Option[] | undefined, value: Json | undefined): Option[] {
  if (options === undefined) return typeof value === 'string' && value !== '' ? [{ value, label: value }] : []
  const isKnown = options.some((option) => option.value === value)
  return typeof value !== 'string' || value === '' || isKnown
    ? [...options]
    : [...options, { value, label: `${value} (missing)` }]
}
