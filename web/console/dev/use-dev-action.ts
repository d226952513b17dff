import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DevPanel } from '../../api/dev.ts'

export const panelKey = ['dev-panel']

/** A button of the panel. Its response is the new panel. */
export function useDevAction<Input>(act: (input: Input) => Promise<DevPanel>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: (panel) => queries.setQueryData(panelKey, panel),
  })
}
