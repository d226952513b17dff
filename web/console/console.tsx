import './layout/console-layout.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { OfflineError } from '../api/request.ts'
import { Mantine } from '../design/mantine/mantine.tsx'
import { router } from './routes.tsx'

/**
 * What was shown stays while it is fetched again; only a lost connection is worth another try. Whether there is one, only
 * asking tells: the server may be on this very machine.
 */
const queries = new QueryClient({
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: 5_000,
      retry: (failures, error) => error instanceof OfflineError && failures < 3,
    },
  },
})

/** The console: where administrators write journeys and look after a realm. */
export function Console() {
  return (
    <Mantine>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Mantine>
  )
}
