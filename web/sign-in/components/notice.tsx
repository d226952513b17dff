import './notice.css'
import type { ReactNode } from 'react'
import { Icon } from '../icon.tsx'

type NoticeProps = { tone: 'info' | 'warn' | 'bad'; role?: 'alert' | 'status'; children: ReactNode }

export function NoticeBox({ tone, role, children }: NoticeProps) {
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon name={tone === 'info' ? 'info' : 'warn'} />
      <div>{children}</div>
    </div>
  )
}
