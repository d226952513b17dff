import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

type Props = { tile?: ReactNode; icon?: TablerIcon; title: ReactNode; children: ReactNode; menu?: ReactNode }

/** The head of the settings: the selection, and a line about it. */
export function PanelTitle({ tile, icon: Icon, title, children, menu }: Props) {
  return (
    <header className="title row">
      {tile}
      {Icon && (
        <span className="node-tile place-center rigid">
          <Icon size={18} stroke={1.75} aria-hidden />
        </span>
      )}
      <div className="grow breaks">
        <h2 className="text-read strong">{title}</h2>
        <p className="fine">{children}</p>
      </div>
      {menu}
    </header>
  )
}
