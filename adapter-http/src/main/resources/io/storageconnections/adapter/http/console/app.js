import htm from "./lib/htm.js";
import { h, render } from "./lib/preact.js";
import { useEffect, useState } from "./lib/hooks.js";

const html = htm.bind(h);

function App() {
  const [configuration, setConfiguration] = useState(null);
  useEffect(() => {
    fetch("/console/configuration.json")
      .then((answer) => answer.json())
      .then(setConfiguration);
  }, []);
  return html`<h1>Storage Connections</h1>
    <p>${configuration === null ? "Loading" : `Version ${configuration.version}`}</p>`;
}

const root = document.getElementById("app");
root.textContent = "";
render(html`<${App} />`, root);
