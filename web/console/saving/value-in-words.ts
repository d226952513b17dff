import type { Json } from '../../api/json.ts'

const longest = 60

/** A value on one line, for lists of what changed. */
export function formatValue(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) {
    return value.length === 0 ? 'none' : shortened(value.join(', '))
  }
  return shortened(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

function shortened(text: string): string {
  const signs = [...text.replace(/\s+/g, ' ')]
  return signs.length > longest ? `${signs.slice(0, longest - 1).join('')}…` : signs.join('')
}
