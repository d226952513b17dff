import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { JsonObject } from '../../../api/json.ts'
import { previewTheme } from '../../../api/themes.ts'
import { colourTitles } from './theme-settings.ts'

/** Preview colours of a theme, debounced. Images aren't sent, because they don't affect colours. */
export function usePreview(theme: JsonObject) {
  const names = Object.keys(colourTitles)
  const coloursIn = (from: JsonObject) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)))
  const dark = theme.dark
  const colours = {
    ...coloursIn(theme),
    ...(typeof dark === 'object' && dark !== null && !Array.isArray(dark) ? { dark: coloursIn(dark) } : {}),
  }
  const [settled] = useDebouncedValue(JSON.stringify(colours), 150)
  return useQuery({
    queryKey: ['theme-preview', settled],
    queryFn: ({ signal }) => previewTheme(JSON.parse(settled), signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  }).data
}
