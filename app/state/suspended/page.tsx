export default function Suspended() { return <main><h1>Suspended</h1></main> }
