package io.storageconnections.platform.seed;

import static java.util.Objects.requireNonNullElse;

import io.storageconnections.domain.connection.AuthenticationType;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.FileMappings;
import io.storageconnections.domain.connection.FileMappings.HeldFile;
import io.storageconnections.domain.connection.FileMappings.Holder;
import io.storageconnections.domain.connection.FileMappings.RepeatedFile;
import io.storageconnections.domain.connection.FileName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.NewConnection;
import io.storageconnections.domain.connection.SourceFile;
import io.storageconnections.domain.connection.SourceFileId;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.port.SeedStore.SeedFile;
import io.storageconnections.platform.application.port.SeedStore.SeedMember;
import io.storageconnections.platform.application.port.SeedStore.SeedObjects;
import io.storageconnections.platform.application.port.StorageStore;
import io.storageconnections.platform.application.port.StorageStore.NewItem;
import io.storageconnections.platform.application.seed.SeedContent;
import io.storageconnections.platform.domain.imodel.Extent;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.itwin.ITwinAccount;
import io.storageconnections.platform.domain.itwin.ITwinClass;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.domain.storage.ItemName;
import io.storageconnections.platform.domain.storage.StorageItem;
import io.storageconnections.platform.domain.text.ShortText;
import io.storageconnections.platform.seed.yaml.YamlNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the objects of one seed. It goes on after a problem, so that one reading reports all of
 * them; objects with a problem are left out. Not thread-safe.
 */
final class ObjectsReader {

  /** The client that the command {@code token} names, and that the README's examples use. */
  private static final Subject DEFAULT_OWNER = new Subject("development");

  private final SeedProblems problems;
  private final ContentReader contentReader;
  private final SeedIds ids = new SeedIds();

  /** The path of the object that has an id, a name or a number first. */
  private final Map<List<Object>, String> firsts = new HashMap<>();

  private final List<ITwin> iTwins = new ArrayList<>();
  private final List<SeedMember> members = new ArrayList<>();
  private final List<IModel> iModels = new ArrayList<>();
  private final List<NewItem> folders = new ArrayList<>();
  private final List<SeedFile> files = new ArrayList<>();
  private final List<NewConnection> connections = new ArrayList<>();
  private final List<SeedContent> contents = new ArrayList<>();

  /** The parents of iTwins, checked when all iTwins are known. */
  private final List<Runnable> parentChecks = new ArrayList<>();

  private long objectCount;

  ObjectsReader(SeedProblems problems, ContentReader contentReader) {
    this.problems = problems;
    this.contentReader = contentReader;
  }

  /**
   * What a seed contains.
   *
   * @param contents the contents of all files, in the order of the seed
   */
  record Result(SeedObjects objects, List<SeedContent> contents) {

    /** Returns each content once. */
    List<SeedContent> distinctContents() {
      var byHash = new LinkedHashMap<String, SeedContent>();
      contents.forEach(content -> byHash.putIfAbsent(content.sha256(), content));
      return List.copyOf(byHash.values());
    }
  }

  /**
   * An iTwin that is read.
   *
   * @param names the names that ids are derived from
   * @param isIdKnown false if the seed fixes an id that is not valid; ids that contain it are then
   *     not compared with it
   * @param by the subject that creates everything in the iTwin
   * @param filesByPath the files, by the names of their folders and their own
   */
  private record Scope(
      ITwinId id,
      boolean isIdKnown,
      List<String> names,
      String by,
      Map<String, List<NamedFile>> filesByPath) {}

  private record NamedFile(StorageFileId id, @Nullable FileName name) {}

  Result read(YamlNode document) {
    MemberReader.of(document, "", SeedSchema.SEED, problems)
        .objects("iTwins", SeedSchema.ITWIN)
        .forEach(this::readITwin);
    parentChecks.forEach(Runnable::run);
    return new Result(
        new SeedObjects(iTwins, members, iModels, folders, files, connections), contents);
  }

  /** Each object is younger than those before it, because lists have this order. */
  private Instant nextTime() {
    return Instant.EPOCH.plus(objectCount++, ChronoUnit.MICROS);
  }

  /** Reports that another object has the same key, or remembers the object. */
  private void requireFirst(MemberReader reader, String member, String kind, Object... key) {
    var unused = isFirst(reader, member, kind, key);
  }

  private boolean isFirst(MemberReader reader, String member, String kind, Object... key) {
    var first = firsts.putIfAbsent(List.of(kind, List.of(key)), reader.path());
    if (first != null) {
      reader.refuse(member, "is that of " + first + ", too; use another one");
    }
    return first == null;
  }

  /** Returns the id that the seed fixes, or else one that follows from the names. */
  private <T> T id(
      MemberReader reader, Function<String, T> parse, List<String> names, Function<UUID, T> make) {
    var derived = ids.next(names);
    var fixed = reader.optional("id", parse);
    return fixed == null ? make.apply(derived) : fixed;
  }

  private static List<String> with(List<String> names, String... more) {
    var all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return all;
  }

  // ---- iTwins and their members ----------------------------------------------------------------

  private void readITwin(MemberReader reader) {
    var displayName = reader.required("displayName", ShortText::parseName);
    var names = List.of("iTwin", requireNonNullElse(displayName, ""));
    var fixedId = reader.optional("id", ITwinId::parse);
    var id = requireNonNullElse(fixedId, new ITwinId(ids.next(names)));
    var isIdKnown = fixedId != null || !reader.has("id");
    var isIdFirst = isFirst(reader, "id", "iTwin", id);
    if (id.equals(ITwinAccount.ID)) {
      reader.refuse("id", "is that of the account of all iTwins; use another one");
    }
    var created = nextTime();
    var owner = readMembers(reader, id, created);
    var properties = properties(reader, id, isIdFirst, displayName);
    if (properties != null) {
      iTwins.add(new ITwin(id, properties, owner, created, owner, created));
    }
    var scope = new Scope(id, isIdKnown, names, owner, new HashMap<>());
    readFolder(reader, scope, StorageItem.rootOf(id), "", 0);
    reader.objects("iModels", SeedSchema.IMODEL).forEach(each -> readIModel(each, scope));
  }

  private @Nullable ITwinProperties properties(
      MemberReader reader, ITwinId id, boolean isIdFirst, @Nullable String displayName) {
    var iTwinClass = reader.optional("class", ITwinClass::parse);
    var givenSubClass = reader.optional("subClass", ITwinSubClass::parse);
    var subClass = requireNonNullElse(givenSubClass, ITwinSubClass.PROJECT);
    var isSubClassKnown = givenSubClass != null || !reader.has("subClass");
    if (iTwinClass != null && isSubClassKnown && iTwinClass != subClass.iTwinClass()) {
      reader.refuse(
          "class", "must be %s, the class of %s".formatted(subClass.iTwinClass(), subClass));
    }
    var number = requireNonNullElse(reader.optional("number", ShortText::parseName), id.toString());
    // Two iTwins with the same id also have the same default number, which is not a second problem.
    if (isIdFirst || reader.has("number")) {
      requireFirst(reader, "number", "number", subClass, number);
    }
    var type = reader.optional("type", ShortText::parse);
    var status =
        requireNonNullElse(reader.optional("status", ITwinStatus::parse), ITwinStatus.ACTIVE);
    var location = reader.optional("geographicLocation", ShortText::parse);
    var zone = reader.optional("ianaTimeZone", ShortText::parse);
    var dataCenter = reader.optional("dataCenterLocation", ShortText::parse);
    var parent = reader.optional("parentId", ITwinId::parse);
    if (parent != null) {
      parentChecks.add(() -> requireParent(reader, id, parent));
    }
    return displayName == null
        ? null
        : new ITwinProperties(
            subClass,
            displayName,
            number,
            type,
            location,
            zone,
            dataCenter,
            status,
            ITwinAccount.ID.equals(parent) ? null : parent);
  }

  private void requireParent(MemberReader reader, ITwinId id, ITwinId parent) {
    if (!parent.equals(ITwinAccount.ID)
        && (parent.equals(id) || !firsts.containsKey(List.of("iTwin", List.<Object>of(parent))))) {
      reader.refuse("parentId", "must be the id of another iTwin of the seed");
    }
  }

  /** Reads the members, and returns the first owner. */
  private String readMembers(MemberReader iTwin, ITwinId id, Instant created) {
    if (!iTwin.has("members")) {
      members.add(new SeedMember(id, new Member(DEFAULT_OWNER, Role.OWNER), created));
      return DEFAULT_OWNER.value();
    }
    String owner = null;
    var areRolesKnown = true;
    for (var reader : iTwin.requiredObjects("members", SeedSchema.MEMBER)) {
      var subject = reader.required("subject", Subject::parse);
      var role = reader.required("role", Role::parse);
      areRolesKnown &= subject != null && role != null;
      if (subject != null) {
        requireFirst(reader, "subject", "member", id, subject);
      }
      if (subject != null && role != null) {
        members.add(new SeedMember(id, new Member(subject, role), nextTime()));
        owner = owner == null && role == Role.OWNER ? subject.value() : owner;
      }
    }
    if (owner == null && areRolesKnown && iTwin.isFilledList("members")) {
      iTwin.refuse("members", "must have a member with the role owner");
    }
    return requireNonNullElse(owner, DEFAULT_OWNER.value());
  }

  // ---- Storage ---------------------------------------------------------------------------------

  /**
   * Reads what is in a folder.
   *
   * @param path the names of the folder and of those above it, each with a slash after it
   * @param depth the number of these names
   */
  private void readFolder(
      MemberReader reader, Scope scope, StorageFileId folder, String path, int depth) {
    for (var each : reader.objects("folders", SeedSchema.FOLDER)) {
      var name = each.required("displayName", ItemName::ofFolder);
      var id = itemId(each, scope, "folder", path + text(name));
      var description = each.optional("description", StorageItem::parseDescription);
      if (depth >= StorageStore.DEPTH_MAX) {
        problems.add(
            each.at(),
            each.path(),
            "is in more than %d folders; move it up".formatted(StorageStore.DEPTH_MAX));
        continue;
      }
      if (name != null) {
        folders.add(new NewItem(id, folder, name, description, scope.by(), nextTime()));
      }
      readFolder(each, scope, id, path + text(name) + "/", depth + 1);
    }
    reader.objects("files", SeedSchema.FILE).forEach(each -> readFile(each, scope, folder, path));
  }

  private static String text(@Nullable ItemName name) {
    return name == null ? "" : name.value();
  }

  private void readFile(MemberReader reader, Scope scope, StorageFileId folder, String path) {
    var name = reader.required("displayName", ItemName::ofFile);
    var id = itemId(reader, scope, "file", path + text(name));
    var description = reader.optional("description", StorageItem::parseDescription);
    var content = contentReader.read(reader);
    if (name == null) {
      return;
    }
    // A file with a wrong content is a file that connections may name.
    scope
        .filesByPath()
        .computeIfAbsent(path + name, first -> new ArrayList<>())
        .add(new NamedFile(id, FileName.of(name.value())));
    if (content != null) {
      contents.add(content);
      files.add(
          new SeedFile(
              new NewItem(id, folder, name, description, scope.by(), nextTime()),
              content.sha256()));
    }
  }

  /** Reads the id of a file or a folder. */
  private StorageFileId itemId(MemberReader reader, Scope scope, String kind, String path) {
    var id =
        id(
            reader,
            StorageFileId::parse,
            with(scope.names(), kind, path),
            guid -> new StorageFileId(scope.id(), guid));
    requireFirst(reader, "id", "item", id);
    if (scope.isIdKnown() && !id.iTwin().equals(scope.id())) {
      reader.refuse(
          "id",
          ("contains the id of iTwin %s, but the id of its iTwin is %s; make them equal, or"
                  + " remove this id")
              .formatted(id.iTwin(), scope.id()));
    }
    if (StorageItem.isRoot(id)) {
      reader.refuse("id", "is that of the root folder; use another one");
    }
    return id;
  }

  // ---- iModels and connections -----------------------------------------------------------------

  private void readIModel(MemberReader reader, Scope scope) {
    var name = reader.required("name", ShortText::parseName);
    var names = with(scope.names(), "iModel", requireNonNullElse(name, ""));
    var fixedId = reader.optional("id", IModelId::parse);
    var id = requireNonNullElse(fixedId, new IModelId(ids.next(names)));
    var isIdKnown = fixedId != null || !reader.has("id");
    requireFirst(reader, "id", "iModel", id);
    if (name != null) {
      requireFirst(reader, "name", "name", scope.id(), name);
    }
    var description = reader.optional("description", ShortText::parse);
    var extent = reader.object("extent", SeedSchema.EXTENT).map(this::readExtent).orElse(null);
    if (name != null) {
      iModels.add(new IModel(id, scope.id(), name, description, extent, scope.by(), nextTime()));
    }
    var holders = new HashMap<StorageFileId, Holder>();
    for (var each : reader.objects("connections", SeedSchema.CONNECTION)) {
      readConnection(each, scope, id, isIdKnown, names, holders);
    }
  }

  private @Nullable Extent readExtent(MemberReader reader) {
    var south = reader.number("south");
    var west = reader.number("west");
    var north = reader.number("north");
    var east = reader.number("east");
    if (south == null || west == null || north == null || east == null) {
      return null;
    }
    try {
      return new Extent(south, west, north, east);
    } catch (IllegalArgumentException outOfRange) {
      problems.add(reader.at(), reader.path(), "must have " + outOfRange.getMessage());
      return null;
    }
  }

  private void readConnection(
      MemberReader reader,
      Scope scope,
      IModelId iModel,
      boolean isIModelKnown,
      List<String> namesOfIModel,
      Map<StorageFileId, Holder> holders) {
    var displayName = reader.optional("displayName", DisplayName::parse);
    var names =
        with(namesOfIModel, "connection", displayName == null ? "" : displayName.toString());
    var id = id(reader, ConnectionId::parse, names, guid -> new ConnectionId(iModel, guid));
    requireFirst(reader, "id", "connection", id);
    if (isIModelKnown && !id.iModel().equals(iModel)) {
      reader.refuse(
          "id",
          ("contains the id of iModel %s, but the id of its iModel is %s; make them equal, or"
                  + " remove this id")
              .formatted(id.iModel(), iModel));
    }
    var authentication = reader.optional("authenticationType", AuthenticationType::parse);
    var created = nextTime();
    var sourceFiles = readSourceFiles(reader, scope, id, displayName, names, holders);
    if (!sourceFiles.isEmpty() && problems.isEmpty()) {
      connections.add(
          new NewConnection(
              new StorageConnection(
                  id,
                  scope.id(),
                  displayName,
                  requireNonNullElse(authentication, AuthenticationType.USER),
                  created),
              sourceFiles));
    }
  }

  private List<SourceFile> readSourceFiles(
      MemberReader connection,
      Scope scope,
      ConnectionId id,
      @Nullable DisplayName displayName,
      List<String> names,
      Map<StorageFileId, Holder> holders) {
    var readers = connection.requiredObjects("sourceFiles", SeedSchema.SOURCE_FILE);
    var read = new ArrayList<SourceFile>();
    var readersOfRead = new ArrayList<MemberReader>();
    for (var reader : readers) {
      var path = reader.required("file", Function.identity());
      var connectorType = reader.required("connectorType", ConnectorType::parse);
      var sourceFile =
          id(
              reader,
              SourceFileId::parse,
              with(names, "source file", requireNonNullElse(path, "")),
              SourceFileId::new);
      requireFirst(reader, "id", "source file", id.iModel(), sourceFile);
      var file = path == null ? null : file(reader, scope, path);
      if (file != null) {
        read.add(
            new SourceFile(
                    sourceFile,
                    file.id(),
                    requireNonNullElse(connectorType, ConnectorType.MSTN),
                    nextTime())
                .named(file.name()));
        readersOfRead.add(reader);
      }
    }
    requireUnmapped(read, readersOfRead, holders);
    for (var file : read) {
      holders.putIfAbsent(file.storageFileId(), new Holder(id, displayName, file.id()));
    }
    return read;
  }

  private static @Nullable NamedFile file(MemberReader reader, Scope scope, String path) {
    var found = scope.filesByPath().getOrDefault(path, List.of());
    if (found.size() == 1) {
      return found.getFirst();
    }
    reader.refuse(
        "file",
        found.isEmpty()
            ? "must be the path of a file of the iTwin, with the names of its folders and slashes"
                + " between them"
                + NearestName.of(path, scope.filesByPath().keySet())
                    .map(nearest -> "; probably you mean " + nearest)
                    .orElse("")
            : "is the path of %d files; give them different names".formatted(found.size()));
    return null;
  }

  private static void requireUnmapped(
      List<SourceFile> sourceFiles,
      List<MemberReader> readers,
      Map<StorageFileId, Holder> holders) {
    for (var conflict :
        new FileMappings(holders).conflictsWith(SourceFile.storageFileIds(sourceFiles))) {
      var reader = readers.get(conflict.index());
      reader.refuse(
          "file",
          switch (conflict) {
                case HeldFile held -> "is mapped by another connection of the iModel already";
                case RepeatedFile repeated ->
                    "is the file of " + readers.get(repeated.firstIndex()).path() + ", too";
              }
              + "; a file is mapped to an iModel at most once");
    }
  }
}
