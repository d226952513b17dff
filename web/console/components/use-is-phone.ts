import { useMediaQuery } from '@mantine/hooks'

/** True on screens too narrow for a canvas or a side panel. */
export function useIsPhone(): boolean {
  return useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
}
