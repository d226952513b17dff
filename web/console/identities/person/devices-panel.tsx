import { useQueries, useQueryClient } from '@tanstack/react-query'
import { type DeviceKind, deviceKinds, listDevices } from '../../../api/devices.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { DeviceRow } from './device-row.tsx'

const titles: Readonly<Record<DeviceKind, string>> = {
  '2fa/oath': 'Authenticator apps',
  '2fa/push': 'Push apps',
  '2fa/webauthn': 'Passkeys and security keys',
  '2fa/binding': 'Bound devices',
  profile: 'Known browsers',
}

/** Second factors and known browsers of a person. */
export function DevicesPanel({ realm, id }: { realm: string; id: string }) {
  const queries = useQueryClient()
  const read = useQueries({
    queries: deviceKinds.map((kind) => ({
      queryKey: ['devices', realm, id, kind],
      queryFn: ({ signal }: { signal: AbortSignal }) => listDevices(realm, id, kind, signal),
    })),
  })
  const failed = read.find(({ error }) => error !== null)
  const refresh = () => queries.invalidateQueries({ queryKey: ['devices', realm, id] })
  if (failed?.error) {
    return <ErrorNotice title="The devices could not be read" error={failed.error} onRetry={refresh} />
  }
  if (read.some(({ isPending }) => isPending)) return <Skeleton label="Loading devices" rows={3} />
  const kinds = deviceKinds.map((kind, at) => ({ kind, devices: read[at]?.data ?? [] }))
  if (kinds.every(({ devices }) => devices.length === 0)) {
    return <p className="hint note">No devices yet. People register devices in journeys.</p>
  }
  return kinds
    .filter(({ devices }) => devices.length > 0)
    .map(({ kind, devices }) => (
      <section key={kind} className="devices stack items-start gap-3" aria-label={titles[kind]}>
        <h3 className="heading-3">{titles[kind]}</h3>
        <ul>
          {devices.map((device) => (
            <DeviceRow key={device.id} realm={realm} person={id} device={device} onChanged={refresh} />
          ))}
        </ul>
      </section>
    ))
}
