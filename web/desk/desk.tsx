import './desk.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { OfflineError } from '../api/request.ts'
import { Mantine } from '../design/mantine/mantine.tsx'
import { t } from '../translate/translate.ts'
import { DeskLayout } from './layout/desk-layout.tsx'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      // The browser's online state says nothing about this server, so the desk detects failed requests itself.
      networkMode: 'always',
      retry: (failures, error) => error instanceof OfflineError && failures < 2,
    },
  },
})

export function Desk() {
  return (
    <Mantine close={t('Close')}>
      <QueryClientProvider client={queries}>
        <DeskLayout />
      </QueryClientProvider>
    </Mantine>
  )
}
