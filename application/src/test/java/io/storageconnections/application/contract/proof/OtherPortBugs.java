package io.storageconnections.application.contract.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.Verification;
import io.storageconnections.application.port.Verification.Accepted;
import io.storageconnections.application.port.Verification.Reason;
import io.storageconnections.application.port.Verification.Rejected;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Directories, allowances and token verifiers with a bug each. */
final class OtherPortBugs {

  private OtherPortBugs() {}

  // ---- directories ------------------------------------------------------------------------------

  /** Returns the iTwin of the given file at each call. */
  @CaughtBy("the_itwin_of_an_imodel_never_changes")
  static final class UsesTheITwinOfEachFile extends InMemoryIModelDirectory {

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return Optional.of(firstFile.iTwin());
    }
  }

  /** Checks that an iModel has no iTwin, and assigns one after another thread has checked too. */
  @CaughtBy("concurrent_calls_get_the_same_itwin")
  static final class ChecksThenAssignsTheITwin extends InMemoryIModelDirectory {

    private final RaceLatch checked = new RaceLatch(2);

    private final Map<IModelId, ITwinId> iTwins = new ConcurrentHashMap<>();

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      var known = iTwins.get(iModel);
      if (known == null) {
        checked.arriveAndAwait(this);
        known = firstFile.iTwin();
        iTwins.put(iModel, known);
      }
      return Optional.of(known);
    }
  }

  /** Assigns the iTwin of the first iModel to all iModels. */
  @CaughtBy("each_imodel_has_its_own_itwin")
  static final class AssignsOneITwinToAllIModels extends InMemoryIModelDirectory {

    private static final IModelId ANY = new IModelId(new UUID(0, 0));

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return super.iTwinOf(caller, ANY, firstFile);
    }
  }

  /** Returns an iTwin that it has made up. */
  @CaughtBy("an_imodel_has_the_itwin_of_its_first_file")
  static final class MakesUpAnITwin extends InMemoryIModelDirectory {

    private static final UUID OTHER = new UUID(0, 1);

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return super.iTwinOf(caller, iModel, new StorageFileId(new ITwinId(OTHER), OTHER));
    }
  }

  /** Hides an iModel until a file is mapped to it. */
  @CaughtBy({
    "an_imodel_that_a_caller_may_change_has_an_itwin",
    "every_imodel_is_visible_and_the_question_changes_nothing"
  })
  static final class HidesUnusedIModels extends InMemoryIModelDirectory {

    @Override
    public Access access(Caller caller, IModelId iModel) {
      return knowsITwinOf(iModel) ? super.access(caller, iModel) : Access.NONE;
    }
  }

  /** Assigns an iTwin to an iModel when a caller only asks whether it is visible. */
  @CaughtBy("every_imodel_is_visible_and_the_question_changes_nothing")
  static final class AssignsAnITwinOnAVisibilityQuery extends InMemoryIModelDirectory {

    private static final UUID NOTHING = new UUID(0, 0);

    @Override
    public Access access(Caller caller, IModelId iModel) {
      var noFile = new StorageFileId(new ITwinId(NOTHING), NOTHING);
      return iTwinOf(caller, iModel, noFile).isPresent() ? Access.CHANGE : Access.NONE;
    }
  }

  /** Lets every caller change what the caller may read. */
  @CaughtBy("an_imodel_that_a_caller_may_only_read_cannot_be_changed")
  static final class MakesReadersWriters extends InMemoryIModelDirectory {

    @Override
    public Access access(Caller caller, IModelId iModel) {
      var access = super.access(caller, iModel);
      return access == Access.READ ? Access.CHANGE : access;
    }
  }

  /** Returns the iTwin of an iModel that the caller cannot see. */
  @CaughtBy("an_imodel_that_a_caller_cannot_see_has_no_itwin_and_stays_invisible")
  static final class TellsTheITwinOfAHiddenIModel extends InMemoryIModelDirectory {

    @Override
    public Optional<ITwinId> iTwinOf(Caller caller, IModelId iModel, StorageFileId firstFile) {
      return super.iTwinOf(caller, iModel, firstFile).or(() -> Optional.of(firstFile.iTwin()));
    }
  }

  // ---- Storage files ----------------------------------------------------------------------------

  /** Accepts files that do not exist. */
  @CaughtBy("a_file_that_does_not_exist_is_left_out")
  static final class AcceptsEveryFile extends InMemoryStorageFiles {

    @Override
    public void remove(StorageFileId file) {}
  }

  /** Refuses every file. */
  @CaughtBy("a_file_that_exists_is_usable")
  static final class RefusesEveryFile extends InMemoryStorageFiles {

    @Override
    public Map<StorageFileId, UsableFile> usable(
        Caller caller, IModelId iModel, Collection<StorageFileId> files) {
      return Map.of();
    }
  }

  /** Leaves out all files of a request if one of them does not exist. */
  @CaughtBy({"a_file_that_does_not_exist_is_left_out"})
  static final class AcceptsAllOrNothing extends InMemoryStorageFiles {

    @Override
    public Map<StorageFileId, UsableFile> usable(
        Caller caller, IModelId iModel, Collection<StorageFileId> files) {
      var usable = super.usable(caller, iModel, files);
      return usable.keySet().containsAll(files) ? usable : Map.of();
    }
  }

  /** Answers for files that the request does not name. */
  @CaughtBy("only_files_that_were_asked_for_are_returned")
  static final class AnswersForMoreFiles extends InMemoryStorageFiles {

    @Override
    public Map<StorageFileId, UsableFile> usable(
        Caller caller, IModelId iModel, Collection<StorageFileId> files) {
      var usable = new HashMap<>(super.usable(caller, iModel, files));
      usable.put(
          new StorageFileId(new ITwinId(new UUID(0, 1)), new UUID(0, 2)), UsableFile.UNNAMED);
      return usable;
    }
  }

  /** Fails for a file that is named twice. */
  @CaughtBy("a_file_may_be_named_twice")
  static final class LosesRepeatedFiles extends InMemoryStorageFiles {

    @Override
    public Map<StorageFileId, UsableFile> usable(
        Caller caller, IModelId iModel, Collection<StorageFileId> files) {
      return super.usable(
          caller,
          iModel,
          files.stream().filter(file -> Collections.frequency(files, file) == 1).toList());
    }
  }

  // ---- allowances -------------------------------------------------------------------------------

  /** Checks how many requests are left, and takes them when other threads have checked too. */
  @CaughtBy("concurrent_leases_grant_the_limit_together")
  static final class ChecksThenTakes extends InMemoryRequestAllowance {

    /** So many that 100 requests are too few if each takes 7. */
    private final RaceLatch checked = new RaceLatch(15);

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var seen = super.lease(partition, 0, limit, window);
      checked.arriveAndAwait(this);
      var after = super.lease(partition, wanted, limit, window);
      return new RequestLease(Math.min(wanted, seen.left()), after.left(), after.ends());
    }
  }

  /** Grants nothing rather than the rest. */
  @CaughtBy("requests_are_granted_until_none_is_left")
  static final class GrantsAllOrNothing extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var seen = super.lease(partition, 0, limit, window);
      return wanted <= seen.left() ? super.lease(partition, wanted, limit, window) : seen;
    }
  }

  /** Grants what is wanted in a new window, however much that is. */
  @CaughtBy("more_than_the_limit_is_never_granted")
  static final class GrantsMoreThanTheLimit extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var seen = super.lease(partition, 0, limit, window);
      var lease = super.lease(partition, wanted, limit, window);
      return seen.left() == limit ? new RequestLease(wanted, lease.left(), lease.ends()) : lease;
    }
  }

  /** Counts all partitions together. */
  @CaughtBy("each_partition_has_its_own_quota")
  static final class KnowsOnePartition extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      return super.lease("all partitions", wanted, limit, window);
    }
  }

  /** Keeps the names of partitions in a column that is too narrow. */
  @CaughtBy("any_text_is_a_partition")
  static final class CutsThePartition extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var column = partition.substring(0, Math.min(255, partition.length()));
      return super.lease(column, wanted, limit, window);
    }
  }

  /** Keeps the names of partitions in a column that knows few characters. */
  @CaughtBy("any_text_is_a_partition")
  static final class KeepsThePartitionInAscii extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var column = new String(partition.getBytes(US_ASCII), US_ASCII);
      return super.lease(column, wanted, limit, window);
    }
  }

  /** Counts a question as a request. */
  @CaughtBy("a_lease_of_no_request_reads_the_state")
  static final class CountsQuestions extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var lease = super.lease(partition, Math.max(1, wanted), limit, window);
      return wanted == 0 ? new RequestLease(0, lease.left(), lease.ends()) : lease;
    }
  }

  /** Begins the window anew with each request. */
  @CaughtBy("all_leases_report_the_same_end_of_the_window")
  static final class PutsTheEndOff extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var lease = super.lease(partition, wanted, limit, window);
      return new RequestLease(lease.granted(), lease.left(), window);
    }
  }

  /** Checks that a window has ended, and begins one when another thread has checked that too. */
  @CaughtBy("concurrent_leases_of_a_new_window_grant_the_limit_together")
  static final class ChecksThenBeginsAWindow extends InMemoryRequestAllowance {

    private final RaceLatch checked = new RaceLatch(2);

    private final Map<String, Long> ends = new HashMap<>();
    private int begun;

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      var end = ends.get(partition);
      if (end != null && end - System.nanoTime() <= 0) {
        checked.arriveAndAwait(this);
        begun++;
      }
      var lease = super.lease(partition + begun, wanted, limit, window);
      ends.put(partition, System.nanoTime() + lease.ends().toNanos());
      return lease;
    }
  }

  /** Takes milliseconds for seconds. */
  @CaughtBy("a_new_window_has_the_whole_quota")
  static final class MistakesTheUnit extends InMemoryRequestAllowance {

    @Override
    public synchronized RequestLease lease(
        String partition, int wanted, int limit, Duration window) {
      return super.lease(partition, wanted, limit, window.multipliedBy(1_000));
    }
  }

  // ---- verifiers --------------------------------------------------------------------------------

  /** Accepts a text that contains a valid token. */
  @CaughtBy("any_other_text_is_rejected_and_nothing_is_thrown")
  static final class FindsATokenInsideTheText extends InMemoryTokenVerifier {

    @Override
    Verification verify(String token) {
      return super.verify(token.substring(Math.max(0, token.indexOf(PREFIX))));
    }
  }

  /** Throws an exception for a blank text. */
  @CaughtBy("any_other_text_is_rejected_and_nothing_is_thrown")
  static final class ThrowsForBlankText extends InMemoryTokenVerifier {

    @Override
    Verification verify(String token) {
      if (token.isBlank()) {
        throw new IllegalArgumentException("no token");
      }
      return super.verify(token);
    }
  }

  /** Skips the characters that a token cannot contain, as lenient decoders do. */
  @CaughtBy("a_valid_token_with_an_added_character_is_rejected")
  static final class SkipsForeignCharacters extends InMemoryTokenVerifier {

    @Override
    Verification verify(String token) {
      return super.verify(token.replaceAll("[^a-z0-9, ]", "").strip());
    }
  }

  /** Takes every caller for the first one. */
  @CaughtBy("a_valid_token_names_its_client")
  static final class CachesOneClientForAll extends InMemoryTokenVerifier {

    private final Map<String, Verification> cache = new ConcurrentHashMap<>();

    @Override
    Verification verify(String token) {
      return cache.computeIfAbsent("the same for all", unknown -> super.verify(token));
    }
  }

  /** Gives every caller the token of the first one. */
  @CaughtBy("a_caller_carries_the_token_that_was_sent_or_none")
  static final class CachesOneTokenForAll extends InMemoryTokenVerifier {

    private @Nullable String first;

    @Override
    Verification verify(String token) {
      first = first == null ? token : first;
      return super.verify(token) instanceof Accepted(var caller)
          ? new Accepted(caller.withBearerToken(first))
          : new Rejected(Reason.INVALID);
    }
  }
}
