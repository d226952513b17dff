import { closeSignInWindow } from '../api/sign-in-window.ts'
import { renderPage } from '../design/render-page.tsx'
import { loadLanguage } from '../translate/load-language.ts'
import { resumeJourneys } from './checks/front-journeys.ts'
import './desk.css'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ApiError, OfflineError } from '../api/request.ts'
import { Mantine } from '../design/mantine/mantine.tsx'
import { t } from '../translate/translate.ts'
import { DeskLayout } from './layout/desk-layout.tsx'

async function start(): Promise<void> {
  if (closeSignInWindow()) return
  await loadLanguage()
  resumeJourneys()
  renderPage(<Desk />)
}

void start()

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // A role was lost: alarms, tabs and pages that need it go with it.
    onError: (error, { queryKey }) => {
      const isRefused = error instanceof ApiError && error.code === 403
      if (isRefused && queryKey[0] !== 'help-desk')
        void queries.invalidateQueries({ queryKey: ['help-desk'] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // The browser's online state says nothing about this server, so the desk detects failed requests itself.
      networkMode: 'always',
      retry: (failures, error) => error instanceof OfflineError && failures < 2,
    },
  },
})

function Desk() {
  return (
    <Mantine close={t('Close')}>
      <QueryClientProvider client={queries}>
        <DeskLayout />
      </QueryClientProvider>
    </Mantine>
  )
}
