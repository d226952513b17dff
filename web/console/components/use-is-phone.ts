import { useMediaQuery } from '@mantine/hooks'

/** True where there is no room for a canvas: the outline is the editor then. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
}
