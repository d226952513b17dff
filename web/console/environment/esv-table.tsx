import { IconCheck, IconCopy } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Environment, ProcessVariable, StoredSecret, StoredVariable } from '../../api/environment.ts'
import { ColumnHeads } from '../components/column-heads.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { Time } from '../components/time.tsx'
import { isReserved, nameInSettings, nameOfVariable, placeholderOf, variableOfId } from './esv-names.ts'
import { realmsText } from './realms-field.tsx'

type Props = { realm: string; environment: Environment }

/** All variables and secrets by name; those of the process can't be opened. */
export function EsvTable({ realm, environment: { variables, secrets, process } }: Props) {
  const stored = [...variables, ...secrets].toSorted((one, other) => one._id.localeCompare(other._id))
  const names = new Set(stored.map(({ _id }) => variableOfId(_id)))
  return (
    <table className="rows esvs panel full-width text-note" aria-label="Variables and secrets">
      <ColumnHeads titles={['Name', 'Type', 'Realms', 'Source', 'Updated']} />
      <tbody>
        {stored.map((esv) => (
          <StoredRow key={esv._id} realm={realm} esv={esv} />
        ))}
        {process.map((variable) => (
          <ProcessRow key={variable.name} variable={variable} isHidden={names.has(variable.name)} />
        ))}
      </tbody>
    </table>
  )
}

function StoredRow({ realm, esv }: { realm: string; esv: StoredVariable | StoredSecret }) {
  const { _id: id, description, realms, lastChangeDate } = esv
  const name = nameInSettings(id)
  const isSecret = 'activeVersion' in esv
  const isRead = !isReserved(id) && (!isSecret || esv.useInPlaceholders)
  return (
    <tr>
      <td className="name">
        <span className="align-center gap-1">
          <Link className="opens medium inked" to="/environment/$id" params={{ id }} search={{ realm }}>
            <code className="breaks">{name}</code>
          </Link>
          {isRead && <CopyPlaceholder placeholder={placeholderOf(name)} />}
        </span>
        {description !== '' && (
          <p className="about fine">
            <bdi>{description}</bdi>
          </p>
        )}
      </td>
      <td>
        {isSecret ? `Secret, ${esv.encoding}` : `Variable, ${esv.expressionType}`}
        {!isRead && <p className="about fine">Not for placeholders</p>}
      </td>
      <td>{realmsText(realms)}</td>
      <td>Stored</td>
      <td>
        <Time at={Date.parse(lastChangeDate)} />
      </td>
    </tr>
  )
}

function ProcessRow({ variable, isHidden }: { variable: ProcessVariable; isHidden: boolean }) {
  const name = nameOfVariable(variable.name)
  return (
    <tr className="of-process">
      <td className="name">
        <span className="align-center gap-1">
          <code className="breaks">{name}</code>
          {variable.inPlaceholders && !isHidden && <CopyPlaceholder placeholder={placeholderOf(name)} />}
        </span>
        <p className="about fine">
          <code className="breaks">{variable.name}</code>
        </p>
      </td>
      <td>{variable.inPlaceholders ? 'By the setting' : 'Not for placeholders'}</td>
      <td>All realms</td>
      <td>
        Environment of the process
        {isHidden && <p className="about fine">The stored one wins</p>}
      </td>
      <td className="none" />
    </tr>
  )
}

/** A button that copies a placeholder, such as `&{esv.my.name}`. */
function CopyPlaceholder({ placeholder }: { placeholder: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(placeholder)
    setCopied(true)
  }
  const Icon = isCopied ? IconCheck : IconCopy
  return (
    <span className="copy-placeholder">
      <IconButton
        label={`Copy ${placeholder}`}
        icon={Icon}
        color="accent"
        size="sm"
        title={isCopied ? 'Copied' : `Copy ${placeholder}`}
        onClick={copy}
        onBlur={() => setCopied(false)}
      />
      <span className="spoken" role="status">
        {isCopied ? 'Copied' : ''}
      </span>
    </span>
  )
}
