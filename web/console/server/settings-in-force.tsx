import { Fragment } from 'react'
import type { ServerSetting } from '../../api/server-page.ts'
import { plainText } from '../../check-model/plain-text.ts'
import { ColumnHeads } from '../components/column-heads.tsx'

const groupTitles: Readonly<Record<ServerSetting['group'], string>> = {
  address: 'Address',
  email: 'Email',
  connections: 'Outgoing connections',
  storage: 'Storage',
  keys: 'Keys and passwords',
  limits: 'Limits',
  shutdown: 'Shutdown',
  observation: 'Logs, metrics and audit',
}

/** The settings of the environment. They can only be changed there. */
export function SettingsInForce({ settings }: { settings: readonly ServerSetting[] }) {
  const groups = Map.groupBy(settings, ({ group }) => group)
  return (
    <section className="stack gap-3" id="settings" aria-labelledby="server-settings">
      <h2 className="text-read strong" id="server-settings">
        Settings in force
      </h2>
      <p className="about note">
        They come from environment variables. To change one, set its variable and restart the server;
        passwords and keys are never shown.
      </p>
      <table className="rows settings-in-force panel full-width text-note">
        <ColumnHeads titles={['Setting', 'Value', 'Variable']} />
        <tbody>
          {[...groups].map(([group, members]) => (
            <Fragment key={group}>
              <tr className="group">
                <th className="fine strong text-start" colSpan={3} scope="colgroup">
                  {groupTitles[group]}
                </th>
              </tr>
              {members.map((setting) => (
                <Row key={setting.title} setting={setting} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Row({ setting }: { setting: ServerSetting }) {
  const { title, value, variables, isDefault, advice } = setting
  return (
    <tr>
      <td className="title">{title}</td>
      <td>
        <bdi>{plainText(value)}</bdi> {isDefault && <span className="chip nowrap">default</span>}
        {advice !== null && (
          <p className={`above-1 text-small ${advice.kind === 'danger' ? 'ink-bad' : 'ink-warn'}`}>
            <strong>{advice.kind === 'danger' ? 'Unsafe' : 'Missing'}.</strong> {advice.text}
          </p>
        )}
      </td>
      <td className="variables muted">
        {variables.map((name) => (
          <code className="block text-small" key={name}>
            {name}
          </code>
        ))}
      </td>
    </tr>
  )
}
