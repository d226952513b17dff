import './server-page.css'
import { useQuery } from '@tanstack/react-query'
import { readServer } from '../../api/server-page.ts'
import { LoadState } from '../components/load-state.tsx'
import { Page } from '../components/page.tsx'
import { AdviceList } from './advice-list.tsx'
import { HealthTiles } from './health-tiles.tsx'
import { Outbox } from './outbox.tsx'
import { SettingsInForce } from './settings-in-force.tsx'
import { TestMail } from './test-mail.tsx'

/** How often the page is refreshed, in milliseconds. */
const refreshMs = 15_000

/** The whole server: what needs attention, health, test email, outbox and settings in force. */
export function ServerPage() {
  const server = useQuery({
    queryKey: ['server'],
    queryFn: ({ signal }) => readServer(signal),
    refetchInterval: refreshMs,
  })
  return (
    <Page title="Server" description="This server and its settings, which all realms share.">
      <LoadState query={server} of="server" rows={8} />
      {server.data !== undefined && (
        <div className="server stack">
          <AdviceList page={server.data} />
          <HealthTiles health={server.data.health} />
          <TestMail />
          <Outbox refreshMs={refreshMs} />
          <SettingsInForce settings={server.data.settings} />
        </div>
      )}
    </Page>
  )
}
