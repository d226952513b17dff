import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type Props = { tone: string; role: 'alert' | 'note'; icon?: TablerIcon; title: string; children: ReactNode }

/** A problem of the selection, above its settings. */
export function Notice({ tone, role, icon: Icon, title, children }: Props) {
  return (
    <div className={`notice callout flex align-start gap-2 text-note ${tone}`} role={role}>
      {Icon && <Icon size={16} stroke={1.75} aria-hidden />}
      <div className="grow breaks">
        <strong>
          <bdi>{title}</bdi>
        </strong>
        {children}
      </div>
    </div>
  )
}
