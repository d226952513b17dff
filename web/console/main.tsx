import { closeSignInWindow } from '../api/sign-in-window.ts'
import { renderPage } from '../design/render-page.tsx'
import './layout/console-layout.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { OfflineError } from '../api/request.ts'
import { Mantine } from '../design/mantine/mantine.tsx'
import { router } from './routes.tsx'

if (!closeSignInWindow()) renderPage(<Console />)

/**
 * Refetches in the background and retries only lost connections. `networkMode: 'always'` ignores the browser's online
 * state, because the server may run on this machine.
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

/** The console: administrators build journeys and manage realms here. */
function Console() {
  return (
    <Mantine>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Mantine>
  )
}
