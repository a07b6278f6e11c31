export default function Unknown() { return <main><h1>Unknown school</h1></main> }
