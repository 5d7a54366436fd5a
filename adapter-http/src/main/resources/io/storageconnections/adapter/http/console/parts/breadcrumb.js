/** The places above a view, from the list of iModels on. */
import { html } from '../html.js';
import { connectionPlace, home, iModelPlace, link } from '../router.js';
import { read } from '../service.js';
import { useLoaded } from '../state.js';
import { text } from '../text.js';

/**
 * @param connection the connection that the view belongs to; null if it belongs to none, or while it
 *     is not known
 * @param isBelow whether the connection is a place above the view, and not the view itself
 */
export function Breadcrumb({ connection = null, isBelow = false }) {
  const iModel = useLoaded(
    // A name is no reason to show an error: without it, the place has a general name.
    async signal => connection && read.iModel(connection.iModelId, signal).catch(() => null),
    [connection?.iModelId]);
  const places = [[text.iModels.title, home]];
  if (connection) {
    places.push([iModel.value?.displayName ?? text.mapping.list, iModelPlace(connection.iModelId)]);
    if (isBelow) {
      places.push([connection.displayName ?? text.connection.unnamed, connectionPlace(connection.id)]);
    }
  }
  return html`
    <nav aria-label=${text.breadcrumb} class="breadcrumb">
      <ol>${places.map(([name, target]) => html`<li key=${target.join('/')}><a href=${link(target)}><bdi>${name}</bdi></a></li>`)}</ol>
    </nav>`;
}
