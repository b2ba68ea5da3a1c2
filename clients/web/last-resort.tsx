import { Component, type PropsWithChildren, type ReactNode } from 'react'

interface LastResortProps {
  /** For a part that the page can do without. */
  readonly instead?: ReactNode
}

/** A fault of ours must not leave a white page: the person is told, and can begin anew. Both languages, since even that may be what broke. */
export class LastResort extends Component<PropsWithChildren<LastResortProps>, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    if (this.props.instead !== undefined) return this.props.instead
    return (
      <main className="sign-in" role="alert">
        <h1>앗, 화면에 문제가 생겼어요</h1>
        <p>주문과 결제는 안전합니다. 다시 열어 주세요.</p>
        <p lang="en">Something broke on this page. Orders and payments are safe: open it again.</p>
        <p>
          <a href=".">다시 열기 · Open again</a>
        </p>
      </main>
    )
  }
}
