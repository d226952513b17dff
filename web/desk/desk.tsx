import './desk.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { OfflineError } from '../api/request.ts'
import { Mantine } from '../design/mantine/mantine.tsx'
import { Frame } from './layout/frame.tsx'

/** What was shown stays while it is fetched again; only a lost connection is worth another try. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // Offline is ours to show: the browser's own idea of it says nothing of this server.
      networkMode: 'always',
      retry: (failures, error) => error instanceof OfflineError && failures < 2,
    },
  },
})

/** The desk: where agents have callers checked, and watch it happen. */
export function Desk() {
  return (
    <Mantine>
      <QueryClientProvider client={queries}>
        <Frame />
      </QueryClientProvider>
    </Mantine>
  )
}
