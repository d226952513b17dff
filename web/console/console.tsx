import './console.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { Mantine } from '../look/mantine/mantine.tsx'
import { OfflineError } from '../wire/request.ts'
import { router } from './routes.tsx'

/** What was shown stays while it is fetched again; only a lost connection is worth another try. */
const queries = new QueryClient({
  defaultOptions: {
    // Offline is ours to show: waiting in silence for the browser to be online tells nobody.
    mutations: { networkMode: 'always' },
    queries: {
      staleTime: 5_000,
      networkMode: 'always',
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
